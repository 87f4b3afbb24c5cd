"""What Attune is held against. Each listens on the port it is told, and sends what it is posted to `/send`."""
