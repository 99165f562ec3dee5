"""Certificates made on the spot, a TLS end in front of a server, and a proxy that counts."""

import pathlib
import select
import socket
import ssl
import subprocess
import threading

def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Authority:
    """A certificate authority in a folder of its own."""

    def __init__(self, folder, name):
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir()
        self.file = self.folder / "ca.pem"
        (self.folder / "index.txt").touch()
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca = here\n[here]\n"
            f"dir = {self.folder}\ndatabase = $dir/index.txt\nnew_certs_dir = $dir\n"
            "rand_serial = yes\ndefault_md = sha256\npolicy = any\nunique_subject = no\n"
            "copy_extensions = copy\n[any]\ncommonName = supplied\n"
        )
        openssl("req", "-x509", *self._key("ca"), "-out", self.file, "-days", "2",
                "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE",
                "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def _key(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", self.folder / f"{name}.key"]

    def issue(self, name, subject_name="IP:127.0.0.1", *, start="20200101000000Z",
              end="20991231000000Z"):
        """Ends with the files of a certificate and of its key."""
        request, certificate = self.folder / f"{name}.csr", self.folder / f"{name}.pem"
        openssl("req", "-new", *self._key(name), "-out", request, "-subj", f"/CN={name}",
                "-addext", f"subjectAltName={subject_name}")
        openssl("ca", "-batch", "-notext", "-config", self.folder / "ca.cnf",
                "-cert", self.file, "-keyfile", self.folder / "ca.key", "-in", request,
                "-out", certificate, "-startdate", start, "-enddate", end)
        return certificate, self.folder / f"{name}.key"


def relay(inner, server):
    """Passes bytes on, both ways, until one end has ended. In one thread: TLS bears no two."""
    other = {inner: server, server: inner}
    is_open = True
    while is_open:
        has_more = isinstance(inner, ssl.SSLSocket) and inner.pending()
        for end in [inner] if has_more else select.select([inner, server], [], [])[0]:
            data = end.recv(65536)
            other[end].sendall(data)
            is_open = is_open and bool(data)


class Listener:
    """Serves each connection in a thread; a context manager. `count` is how many there were."""

    def __enter__(self):
        self.count = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        # Before its number is somebody else's: the thread would accept for that one.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.count += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            inner, server = self.open(connection)
            with inner, server:
                relay(inner, server)
        except OSError:
            connection.close()


class TlsEnd(Listener):
    """Speaks TLS to clients, and in clear to the server behind it."""

    def __init__(self, port_behind, certificate, key, *, clients=None, version=None):
        self.port_behind = port_behind
        self.handshakes = 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        if clients is not None:
            self.context.verify_mode = ssl.CERT_REQUIRED
            self.context.load_verify_locations(clients)
        if version is not None:
            self.context.minimum_version = self.context.maximum_version = version

    def open(self, connection):
        inner = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        try:
            inner.do_handshake()
        except OSError:
            # To close while the client still sends would reset, and take our alert away from it.
            while socket.socket.recv(inner, 4096):
                pass
            inner.close()
            raise
        self.handshakes += 1
        return inner, socket.create_connection(("127.0.0.1", self.port_behind))


class Proxy(Listener):
    """An HTTP proxy that knows CONNECT alone; `targets` is whom it was asked for."""

    def __init__(self):
        self.targets = []

    def open(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(4096)
            if not data:
                raise OSError("the client has gone")
            head += data
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.targets.append(f"{method} {target}")
        if method != "CONNECT":
            connection.sendall(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
            raise OSError("not a tunnel")
        host, port = target.rsplit(":", 1)
        server = socket.create_connection((host, int(port)))
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return connection, server
