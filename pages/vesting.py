"""Vesting: what is vested, forfeited and exercisable, as the grant date and the day of leaving move."""

from __future__ import annotations

from lib.ui.filed_banner import banner, filed_in_link, take_over
from lib.ui.library import the_store
from lib.ui.navigation import start_page
from lib.ui.plan_shelf import plan_shelf
from lib.ui.vesting_exports import link_title
from lib.ui.vesting_inputs import setup_inputs
from lib.ui.vesting_view import vesting_view

start_page()

shelf = plan_shelf()
link_menu = link_title()
filed = filed_in_link(the_store())
if filed is not None:
    take_over(filed, shelf)
    banner(filed)
vesting_view(setup_inputs(shelf, filed), shelf, link_menu)
