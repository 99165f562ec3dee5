"""The program cogpromote over TLS and through a proxy, in front of a real fake.

usage: tls_test.py COGPROMOTE COGMOCK
"""

import pathlib
import ssl
import subprocess
import sys
import tempfile
import unittest
from urllib.parse import urlsplit

COGPROMOTE, COGMOCK = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402
from tls import Authority, Proxy, TlsEnd, openssl  # noqa: E402

FAILING_JOB = '{"server": {"job": {"timeline": [{"at": "0s", "fail": "lock"}]}}}'

# The token opens a connection, which everything that only reads goes on with; what acts opens one
# of its own, which the rest goes on with: libcurl sends a request again by itself when a used
# connection dies. The webhook's receiver is another host, without TLS here.
HANDSHAKES_OF_A_PROMOTION = 1 + 1
HANDSHAKES_OF_A_ROLLBACK = HANDSHAKES_OF_A_PROMOTION + 1


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.authorities = tempfile.TemporaryDirectory()
        cls.authority = Authority(cls.authorities.name, "trusted")
        cls.stranger = Authority(cls.authorities.name, "stranger")
        cls.certificate = cls.authority.issue("server")

    @classmethod
    def tearDownClass(cls):
        cls.authorities.cleanup()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def serve(self, certificate=None, *, scenario=None, **options):
        """A fake behind a TLS end, until the test ends."""
        arguments = ["--time-scale", "600"]
        if scenario is not None:
            path = self.folder / "scenario.jsonc"
            path.write_text(scenario)
            arguments += ["--scenario", str(path)]
        mock = self.enterContext(Cogmock(COGMOCK, *arguments))
        port = urlsplit(mock.ready["base_url"]).port
        self.mock = mock
        self.end = self.enterContext(TlsEnd(port, *(certificate or self.certificate), **options))

    def promote(self, *arguments, ca_file=None, **variables):
        """Ends with (exit code, stdout, stderr)."""
        environment = {
            **self.mock.variables(),
            "COGNIGY_API_BASE": f"https://127.0.0.1:{self.end.port}/api/v1",
            "COGPROMOTE_STATE_DIR": str(self.folder / "state"),
            "COGPROMOTE_POLL_INTERVAL": "20ms",
            "COGPROMOTE_CA_FILE": str(ca_file or self.authority.file),
            **variables,
        }
        ran = subprocess.run([COGPROMOTE, "promote", *map(str, arguments)], env=environment,
                             capture_output=True, text=True, timeout=60, check=False)
        return ran.returncode, ran.stdout, ran.stderr


class Connections(Case):
    def test_a_promotion_shakes_hands_once_and_once_more_for_what_acts(self):
        self.serve()
        code, out, err = self.promote()
        self.assertEqual(code, 0, out + err)
        self.assertEqual(self.end.handshakes, HANDSHAKES_OF_A_PROMOTION)

    def test_a_rollback_acts_too(self):
        self.serve(scenario=FAILING_JOB)
        code, out, err = self.promote()
        self.assertEqual(code, 6, out + err)
        self.assertEqual(self.end.handshakes, HANDSHAKES_OF_A_ROLLBACK)

    def test_tls_before_1_2_is_refused(self):
        for version, code in ((ssl.TLSVersion.TLSv1_2, 0), (ssl.TLSVersion.TLSv1_1, 4)):
            self.serve(version=version)
            self.end.context.set_ciphers("DEFAULT:@SECLEVEL=0")
            self.assertEqual(self.promote()[0], code, version)


class ServerCertificate(Case):
    def refused(self, *words, **options):
        code, out, _ = self.promote(**options)
        self.assertEqual(code, 4, out)
        self.assertIn("target     untouched", out)
        for word in words:
            self.assertIn(word, out)
        self.assertEqual(self.end.count, 1, "it does not pass by itself: no repetition")

    def test_of_an_untrusted_authority_is_refused(self):
        self.serve(self.stranger.issue("server"))
        self.refused("from nobody who is trusted here", "--ca-file")

    def test_is_trusted_by_the_authorities_of_the_file_alone(self):
        self.serve()
        self.refused("from nobody who is trusted here", ca_file=self.stranger.file)

    def test_that_has_expired_is_refused(self):
        self.serve(self.authority.issue("expired", end="20200201000000Z"))
        self.refused("has expired")

    def test_that_is_not_valid_yet_is_refused(self):
        self.serve(self.authority.issue("early", start="20980101000000Z"))
        self.refused("not valid yet")

    def test_of_another_host_is_refused(self):
        self.serve(self.authority.issue("other", "DNS:other.example"))
        self.refused("for another host", "127.0.0.1")

    def test_cannot_be_checked_with_a_file_that_is_none(self):
        empty = self.folder / "empty.pem"
        empty.write_text("")
        for path in (empty, self.folder / "absent.pem"):
            self.serve()
            code, out, err = self.promote(ca_file=path)
            self.assertIn(f"--ca-file '{path}'", out + err)
            self.assertEqual((code, self.end.handshakes), (2, 0), out)


class ClientCertificate(Case):
    def setUp(self):
        super().setUp()
        self.serve(clients=self.authority.file)
        self.own, self.key = self.authority.issue("client")

    def test_is_shown_to_who_asks(self):
        code, out, _ = self.promote("--client-cert", self.own, "--client-key", self.key)
        self.assertEqual(code, 0, out)

    def test_may_hold_its_key(self):
        both = self.folder / "both.pem"
        both.write_text(self.own.read_text() + self.key.read_text())
        code, out, _ = self.promote("--client-cert", both)
        self.assertEqual(code, 0, out)

    def test_is_missed_by_name(self):
        code, out, _ = self.promote()
        self.assertEqual(code, 4, out)
        self.assertIn("--client-cert", out)
        self.assertEqual(self.end.count, 1)

    def test_that_cannot_be_used_ends_before_anything_is_sent(self):
        _, other_key = self.authority.issue("other")
        sealed = self.folder / "sealed.key"
        openssl("ec", "-in", self.key, "-aes128", "-passout", "pass:hush", "-out", sealed)
        for certificate, key in ((self.own, other_key), (self.own, sealed),
                                 (self.folder / "absent.pem", self.key),
                                 (self.own, self.folder / "absent.key")):
            code, out, err = self.promote("--client-cert", certificate, "--client-key", key)
            self.assertEqual(code, 2, out + err)
            self.assertIn(f"--client-cert '{certificate}'", out + err)
            self.assertIn(str(key), out + err)
        self.assertEqual(self.end.handshakes, 0)

    def test_key_alone_is_refused(self):
        code, _, err = self.promote("--client-key", self.key)
        self.assertEqual(code, 2)
        self.assertIn("--client-cert", err)


class ByProxy(Case):
    def setUp(self):
        super().setUp()
        self.serve()
        self.proxy = self.enterContext(Proxy())
        self.url = f"http://127.0.0.1:{self.proxy.port}"
        self.tunnel = f"CONNECT 127.0.0.1:{self.end.port}"

    def test_each_connection_is_a_tunnel(self):
        code, out, _ = self.promote("--proxy", self.url)
        self.assertEqual(code, 0, out)
        self.assertEqual(self.proxy.targets, [self.tunnel] * HANDSHAKES_OF_A_PROMOTION)

    def test_the_usual_variables_name_one(self):
        code, out, _ = self.promote(https_proxy=self.url)
        self.assertEqual(code, 0, out)
        self.assertEqual(self.proxy.targets, [self.tunnel] * HANDSHAKES_OF_A_PROMOTION)

    def test_the_usual_variables_name_exceptions(self):
        code, out, _ = self.promote(https_proxy=self.url, no_proxy="127.0.0.1")
        self.assertEqual(code, 0, out)
        self.assertEqual(self.proxy.targets, [])

    def test_what_is_in_clear_for_this_machine_goes_by_none(self):
        code, out, _ = self.promote(http_proxy=self.url,
                                    COGNIGY_API_BASE=self.mock.ready["base_url"])
        self.assertEqual(code, 0, out)
        self.assertEqual(self.proxy.targets, [])

    def test_a_password_of_it_is_refused_and_not_repeated(self):
        code, out, err = self.promote("--proxy", "http://me:hush@127.0.0.1:1")
        self.assertEqual((code, out), (2, ""))
        self.assertNotIn("hush", err)


class InClear(Case):
    def test_is_refused_off_loopback(self):
        self.serve()
        code, _, err = self.promote(COGNIGY_API_BASE="http://tenant.example/api/v1")
        self.assertEqual(code, 2)
        self.assertIn("--allow-insecure", err)


main()
