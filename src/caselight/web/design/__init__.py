"""What all journeys share: the frame of a page, components, forms, who asks, and the gallery that shows them."""
