"""What a plan says and does: terms as data, and the engine that runs them."""
