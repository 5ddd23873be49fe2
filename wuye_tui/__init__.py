"""wuye: the front desk of a residential property office. This package knows no screen."""

__version__ = "0.1.0"
