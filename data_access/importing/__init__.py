"""Import packages: what a person sends becomes rows of the shared database, all of it or nothing."""

from data_access.importing.faults import Fault, FaultLog, PackageRefused
from data_access.importing.loading import Loaded, load_package, load_packages, prepare

__all__ = ["Fault", "FaultLog", "Loaded", "PackageRefused", "load_package", "load_packages", "prepare"]
