"""The public post: takes paper results to the citizen."""
