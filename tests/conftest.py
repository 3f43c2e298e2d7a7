"""What all tests share: the folder of helpers, and how long properties are tried.

`pytest --hypothesis-profile=long tests/test_guarantees.py` tries thirty times as many worlds.
"""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

_SLOW = [HealthCheck.filter_too_much, HealthCheck.too_slow]
settings.register_profile("default", max_examples=100, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("default")
