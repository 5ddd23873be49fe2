"""A line to a server that is cut at the worst moment: the commit arrives, its answer does not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Line:
    """A port of this machine that leads to a server's socket."""

    def __init__(self, server: Path) -> None:
        self.is_armed = False
        self.cuts = 0
        self.stays_cut = False  # nobody gets through after a cut
        self._deaf: set[socket.socket] = set()
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        """No further connection; those that there are go on."""
        self._door.close()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                if self.cuts and self.stays_cut:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(str(self._server))
                except OSError:  # nobody is there
                    client.close()
                    continue
                for there, back in ((client, server), (server, client)):
                    given = (there, back, there is client)
                    threading.Thread(target=self._carry, args=given, daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, is_client: bool) -> None:
        is_act = False  # looks and ticks commit as well
        with suppress(OSError):
            while data := here.recv(65536):
                is_act |= is_client and b"INSERT INTO audit" in data
                if is_act and self.is_armed and b"COMMIT" in data:
                    self.is_armed, self.cuts = False, self.cuts + 1
                    self._deaf.add(there)
                if not is_client and here in self._deaf:
                    break  # it is done, and nobody is told
                there.sendall(data)
        for one in (here, there):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # the other direction hears of it as well


@contextmanager
def line_to(folder: Path) -> Iterator[Line]:
    """A line to the server whose socket lies in this folder."""
    found = Line(folder / ".s.PGSQL.5432")
    yield found
    found.close()
