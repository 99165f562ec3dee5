"""What `cogmock serve --tls` promises: its files, its certificates, its refusals, and a promotion.

usage: tls_program_test.py COGMOCK COGPROMOTE
"""

import json
import pathlib
import re
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import unittest

COGMOCK, COGPROMOTE = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from tap_unittest import main  # noqa: E402
from tls import Authority, openssl  # noqa: E402

SECONDS = 20
REQUEST = b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


class Serving:
    """A running `cogmock serve --tls`; a context manager."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [COGMOCK, "serve", "--port", "0", "--quiet", "--tls", *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline()
        self.ready = json.loads(self.line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()

    def end(self):
        """Stops it; ends with exit code and everything that it has printed."""
        self.process.send_signal(signal.SIGTERM)
        output, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, self.line + output + errors

    def ask(self, context, name="127.0.0.1"):
        """The first line of the answer."""
        address = ("127.0.0.1", self.ready["port"])
        with socket.create_connection(address, timeout=SECONDS) as plain, \
                context.wrap_socket(plain, server_hostname=name,
                                    suppress_ragged_eofs=False) as connection:
            connection.sendall(REQUEST)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer.split(b"\r\n")[0].decode()


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def serve(self, *arguments):
        return self.enterContext(Serving(*arguments))

    def promote(self, serving, *arguments):
        """Ends with the client's exit code and everything that it has printed."""
        environment = {
            "COGNIGY_API_BASE": serving.ready["base_url"],
            "COGNIGY_CLIENT_ID": "dev-client",
            "COGNIGY_CLIENT_SECRET": "dev-secret",
            "SOURCE_ENV_ID": "env-source",
            "TARGET_ENV_ID": "env-target",
            "DEPLOYMENT_WEBHOOK_URL": serving.ready["webhook_url"],
            "COGPROMOTE_STATE_DIR": str(self.folder / "state"),
            "COGPROMOTE_POLL_INTERVAL": "20ms",
        }
        ran = subprocess.run(
            [COGPROMOTE, "promote", "--ca-file", serving.ready["tls_ca_file"],
             *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=60,
            check=False)
        return ran.returncode, ran.stdout + ran.stderr

    def refused(self, exit_code, *words, arguments):
        ran = subprocess.run([COGMOCK, "serve", "--port", "0", *map(str, arguments)], text=True,
                             capture_output=True, timeout=SECONDS, check=False)
        self.assertEqual((ran.returncode, ran.stdout), (exit_code, ""), ran.stderr)
        self.assertEqual(ran.stderr.count("\n"), 1, ran.stderr)
        for word in words:
            self.assertIn(str(word), ran.stderr)


def mode(path):
    return stat.S_IMODE(pathlib.Path(path).stat().st_mode)


class Files(Case):
    def test_say_where_the_authority_is_and_are_gone_at_the_end(self):
        serving = self.serve()
        path = pathlib.Path(serving.ready["tls_ca_file"])
        self.assertRegex(serving.ready["base_url"], r"^https://127\.0\.0\.1:\d+/api/v1$")
        self.assertRegex(serving.ready["webhook_url"], r"^https://")
        self.assertEqual((mode(path), mode(path.parent)), (0o600, 0o700))
        self.assertEqual(path.read_text().count("BEGIN"), 1, "nothing but the certificate")
        code, printed = serving.end()
        self.assertEqual(code, 0)
        self.assertIn(f"export COGPROMOTE_CA_FILE={path}\n", printed)
        self.assertFalse(path.parent.exists())

    def test_that_are_named_replace_what_is_there_and_stay(self):
        authority, client = self.folder / "it's a \"ca\".pem", self.folder / "new" / "client.pem"
        authority.write_text("old")
        serving = self.serve("--tls-ca-out", authority, "--tls-client-cert-out", client)
        self.assertEqual(serving.ready["tls_ca_file"], str(authority))
        self.assertEqual(serving.end()[0], 0)
        for path in (authority, client):
            self.assertEqual(mode(path), 0o600)
            self.assertIn("BEGIN CERTIFICATE", path.read_text())
        self.assertEqual(sorted(self.folder.iterdir()), [authority, client.parent])

    def test_that_cannot_be_written_are_an_error(self):
        file = self.folder / "file"
        file.touch()
        for flag in ("--tls-ca-out", "--tls-client-cert-out"):
            path = file / "ca.pem"
            self.refused(66, flag, path, arguments=["--tls", flag, path])

    def test_hold_no_key_in_any_output(self):
        client = self.folder / "client.pem"
        _, printed = self.serve("--tls-client-cert-out", client).end()
        key = re.search(r"PRIVATE KEY-----\n(.*)\n", client.read_text())[1]
        self.assertNotIn(key, printed)
        self.assertNotIn("PRIVATE", printed)


class Certificate(Case):
    def test_is_good_for_its_names_alone(self):
        serving = self.serve("--tls-name", "fake.example", "--tls-name", "192.0.2.1")
        context = ssl.create_default_context(cafile=serving.ready["tls_ca_file"])
        for name in ("localhost", "127.0.0.1", "::1", "fake.example", "192.0.2.1"):
            self.assertEqual(serving.ask(context, name), "HTTP/1.1 401 Unauthorized", name)
        for name in ("other.example", "127.0.0.2"):
            with self.assertRaisesRegex(ssl.SSLCertVerificationError, "mismatch"):
                serving.ask(context, name)

    def test_is_trusted_by_nobody_else(self):
        serving, other = self.serve(), self.serve()
        context = ssl.create_default_context(cafile=other.ready["tls_ca_file"])
        with self.assertRaises(ssl.SSLCertVerificationError):
            serving.ask(context)

    def test_verifies_for_openssl(self):
        serving = self.serve()
        ran = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{serving.ready['port']}", "-CAfile",
             serving.ready["tls_ca_file"], "-verify_return_error", "-verify_hostname", "localhost",
             "-x509_strict", "-brief"],
            input="", capture_output=True, text=True, timeout=SECONDS, check=False)
        self.assertIn("Verification: OK", ran.stderr)
        self.assertEqual(ran.returncode, 0)

    def test_may_be_an_own_one_with_its_key_in_a_file_of_its_own_or_not(self):
        authority = Authority(self.folder, "own")
        certificate, key = authority.issue("server", "DNS:localhost")
        both = self.folder / "both.pem"
        both.write_text(certificate.read_text() + key.read_text())
        context = ssl.create_default_context(cafile=authority.file)
        for arguments in ("--tls-cert", certificate, "--tls-key", key), ("--tls-cert", both):
            serving = self.serve(*arguments)
            self.assertEqual(serving.ask(context, "localhost"), "HTTP/1.1 401 Unauthorized")

    def test_that_cannot_be_used_is_refused_with_its_name(self):
        authority = Authority(self.folder, "own")
        certificate, key = authority.issue("server")
        _, other_key = authority.issue("other")
        sealed, absent = self.folder / "sealed.key", self.folder / "absent.pem"
        openssl("ec", "-in", key, "-aes128", "-passout", "pass:hush", "-out", sealed)
        for code, own, own_key, words in (
                (65, certificate, other_key, ["the key is not the one of the first certificate"]),
                (65, certificate, sealed, ["the key is encrypted", "openssl pkey"]),
                (65, key, key, ["expected a certificate in PEM"]),
                (65, certificate, certificate, ["expected a private key in PEM"]),
                (66, absent, key, ["No such file"]),
                (66, certificate, absent, ["No such file"])):
            self.refused(code, *words, own if own == absent else own_key,
                         arguments=["--tls", "--tls-cert", own, "--tls-key", own_key])


class Fault(Case):
    ROWS = [
        ("tls_untrusted", "unable to get (local )?issuer", "from nobody who is trusted here"),
        ("tls_expired", "certificate has expired", "has expired"),
        ("tls_wrong_host", "mismatch", "for another host"),
    ]

    def serve_broken(self, kind):
        scenario = self.folder / "scenario.jsonc"
        scenario.write_text(json.dumps({"faults": [{"connections": 1, "inject": kind}]}))
        return self.serve("--scenario", scenario)

    def test_shows_the_wrong_certificate_once(self):
        for kind, words, _ in self.ROWS:
            serving = self.serve_broken(kind)
            context = ssl.create_default_context(cafile=serving.ready["tls_ca_file"])
            with self.assertRaisesRegex(ssl.SSLCertVerificationError, words):
                serving.ask(context)
            self.assertEqual(serving.ask(context), "HTTP/1.1 401 Unauthorized", kind)

    def test_is_told_apart_by_our_client(self):
        for kind, _, words in self.ROWS:
            code, printed = self.promote(self.serve_broken(kind))
            self.assertEqual(code, 4, printed)
            self.assertIn(words, printed)


class Client(Case):
    def refuses(self, serving, context):
        with self.assertRaises(ssl.SSLError) as raised:
            serving.ask(context)
        self.assertIn(raised.exception.reason,
                      ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "TLSV1_ALERT_UNKNOWN_CA"))

    def test_has_to_show_the_certificate_that_was_made_for_it(self):
        client = self.folder / "client.pem"
        serving = self.serve("--tls-client-cert-out", client)
        context = ssl.create_default_context(cafile=serving.ready["tls_ca_file"])
        self.refuses(serving, context)
        context.load_cert_chain(client)
        self.assertEqual(serving.ask(context), "HTTP/1.1 401 Unauthorized")

    def test_has_to_show_one_of_the_authorities_that_are_named(self):
        authority, stranger = Authority(self.folder, "own"), Authority(self.folder, "stranger")
        serving = self.serve("--tls-client-ca", authority.file)
        path = serving.ready["tls_ca_file"]
        context = ssl.create_default_context(cafile=path)
        self.refuses(serving, context)
        context.load_cert_chain(*stranger.issue("client"))
        self.refuses(serving, context)
        context = ssl.create_default_context(cafile=path)
        context.load_cert_chain(*authority.issue("client"))
        self.assertEqual(serving.ask(context), "HTTP/1.1 401 Unauthorized")

    def test_authorities_that_are_none_are_refused(self):
        file = self.folder / "ca.pem"
        for text, words in ("", "found none"), \
                ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate 1"):
            file.write_text(text)
            self.refused(65, "--tls-client-ca", file, words,
                         arguments=["--tls", "--tls-client-ca", file])


class Arguments(Case):
    def test_that_do_nothing_are_refused(self):
        for arguments, words in (
                (["--tls-ca-out", "x"], "give --tls too"),
                (["--tls-name", "x"], "give --tls too"),
                (["--tls-client-ca", "x"], "give --tls too"),
                (["--tls", "--tls-key", "x"], "give --tls-cert too"),
                (["--tls", "--tls-name", ""], "expected a host name or an address"),
                (["--tls", *["--tls-name", "x"] * 17], "at most 16 names")):
            self.refused(64, words, arguments=arguments)


class Wire(Case):
    def test_in_clear_gets_no_answer(self):
        serving = self.serve()
        with socket.create_connection(("127.0.0.1", serving.ready["port"]), SECONDS) as plain:
            plain.sendall(REQUEST)
            try:
                self.assertNotIn(b"HTTP", plain.recv(65536))
            except ConnectionResetError:
                pass
        context = ssl.create_default_context(cafile=serving.ready["tls_ca_file"])
        self.assertEqual(serving.ask(context), "HTTP/1.1 401 Unauthorized")

    def test_carries_a_promotion(self):
        client = self.folder / "client.pem"
        serving = self.serve("--time-scale", "600", "--tls-client-cert-out", client)
        code, printed = self.promote(serving, "--client-cert", client)
        self.assertEqual(code, 0, printed)
        self.assertIn("webhook    delivered", printed)


main()
