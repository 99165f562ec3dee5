"""Stands between a client and the fake, so that a test can do something in the middle of a request."""

import http.client
import http.server
import threading


def pass_on(_number, _path, _moment):
    """The trap that catches nothing."""
    return True


class Relay:
    """Hands requests on to `port`; a context manager.

    `trap(number, path, moment)` is called for every request, counted from 1, at two moments:
    "sent", when the fake has not seen it yet, and "answered", when the client does not know the
    answer yet. The client waits as long as the call takes; when it returns False, the request or
    its answer is lost.
    """

    def __init__(self, port, trap=pass_on):
        self.trap = trap
        self.port = port
        self.paths = []
        self.notice_ids = []
        self.mutex = threading.Lock()

    def __enter__(self):
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def relay(self):
                relay.hand_on(self)

            do_GET = do_POST = relay

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # The client was killed.

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def variables(self, variables):
        """The same, but by way of here."""
        here = f"127.0.0.1:{self.server.server_port}"
        return {name: value.replace(f"127.0.0.1:{self.port}", here)
                for name, value in variables.items()}

    def hand_on(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        with self.mutex:
            self.paths.append(handler.path)
            number = len(self.paths)
        if not self.trap(number, handler.path, "sent"):
            handler.close_connection = True
            return
        status, headers, content = self.ask(handler, body)
        if status == 204 and "webhook-id" in handler.headers:
            self.notice_ids.append(handler.headers["webhook-id"])
        if not self.trap(number, handler.path, "answered"):
            handler.close_connection = True
            return
        handler.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                handler.send_header(name, value)
        if status != 204:
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def ask(self, handler, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {name: value for name, value in handler.headers.items() if name != "Connection"}
        connection.request(handler.command, handler.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), content
