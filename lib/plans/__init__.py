"""What a plan says and does: terms as data, what documents say of them, and the engine that runs them.

``load_terms`` and ``parse_scenario`` bring the input, ``simulate`` gives the state on a day, ``timeline`` the
state over time, ``value`` what it is worth. ``reader`` takes terms from a plan document, ``footnotes`` a schedule
from a filing's footnote, ``ocf`` and ``ocf_write`` both from and to Open Cap Format.

Ids such as A22 number the questions that the director plan's text leaves open; its terms file names those with more
than one answer. Plain rule numbers count the plan's undisputed rules in order of clause.
"""
