"""Points at scale: layers of many thousand points as compact files for the browser, attributes only on demand."""
