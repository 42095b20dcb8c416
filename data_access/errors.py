"""What can go wrong between a question and its answer, each in words a person can act on."""


class DataAccessError(Exception):
    """Base of all: its text is fit for the terminal, the log and the screen."""


class UnknownCode(DataAccessError):
    """A code that is not in the database, or that this viewer may not see: the two answers are the same."""

    def __init__(self, what: str, code: str) -> None:
        super().__init__(f"unknown {what}: {code!r}")
        self.what = what
        self.code = code


class InvalidQuestion(DataAccessError):
    """A question whose parts do not fit the contract, such as a malformed period."""


class DatabaseUnavailable(DataAccessError):
    """The database cannot be reached, answers too slowly or is locked."""


class DatabaseReadOnly(DataAccessError):
    """The database can be read, but this program may not write its opinions into it."""


class DatabaseCorrupt(DataAccessError):
    """The SQLite file is damaged or is no database."""


class ContractMismatch(DataAccessError):
    """The database follows another version of the contract, or lacks its tables."""
