"""What can be reached from where: road graphs, travel times, isochrones, coverage."""
