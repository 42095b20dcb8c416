"""The doctor: what is wrong or hard to believe in a database, with counts and the first codes."""

from data_access.checking.doctor import CHECKS, Diagnosis, check_database
from data_access.checking.findings import Finding

__all__ = ["CHECKS", "Diagnosis", "Finding", "check_database"]
