"""Pages on which a company finds, rates, orders and carries over its risks, and the secretariat reads them."""
