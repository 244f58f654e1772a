"""Small programs in the place of our own processes, for tests of what starts and stops them."""

SERVE = """
import http.server, json, os, pathlib, sys, threading
known = json.loads((pathlib.Path(os.environ["LIENTHONG_STATE"]) / "run/addresses.json").read_text())
urls = {
    "codec": [known["codec_server"]],
    "agencies": [known["switchboard"], *known["agencies"].values()],
    "all-agencies-down": [known["switchboard"]],
}[sys.argv[1]]
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ.get("LIENTHONG_ALLOW_PLAIN_STARTS", "no").encode())
    def log_message(self, *_): ...
for url in urls:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(url.rsplit(":", 1)[1])), Answer)
    threading.Thread(target=server.serve_forever).start()
"""
WORK = """
import pathlib, sys, time
pathlib.Path(sys.argv[sys.argv.index("--ready-file") + 1]).touch()
time.sleep(1000)
"""
