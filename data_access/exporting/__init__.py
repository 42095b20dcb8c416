"""Export of a whole database as an import package, which gives the same answers wherever it is loaded."""

from data_access.exporting.package import Exported, ExportRefused, export_package

__all__ = ["ExportRefused", "Exported", "export_package"]
