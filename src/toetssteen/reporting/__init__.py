"""A company's yearly due-diligence report: answers, derived facts, frozen snapshot."""
