"""How things look: icons, figures in words, form fields and charts; the template tags are thin doors to these."""
