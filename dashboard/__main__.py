"""`python -m dashboard` is the console script `cityvitals`."""

from dashboard.cli import main

main()
