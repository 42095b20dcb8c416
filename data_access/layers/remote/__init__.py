"""Services of others, asked through one narrow door: by code, at pinned addresses, with limits on time and size."""
