"""The demo city: a fictional Chinese city, made by chance that repeats, written as an import package.

Its root area code starts with 99, which no real administrative code does: screens mark such data as a demo.
"""

from data_access.demo.package import write_package

__all__ = ["write_package"]
