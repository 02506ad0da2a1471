"""Is the site in this container ready? For Docker's HEALTHCHECK; the exit code is the answer."""

import http.client
import os
import sys


def main() -> int:
    """0 when /readyz answers 200 within 4 s, under the first name in ALLOWED_HOSTS; else 1."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    port = int(os.environ.get("GRANIAN_PORT", "8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        return int(connection.getresponse().status != 200)
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
