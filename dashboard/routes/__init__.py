"""HTTP routes beside the callbacks: geometry, health, version, exports."""
