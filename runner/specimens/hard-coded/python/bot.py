"""A bot that answers text messages, written with Python's standard library and Meta's address in it."""

import hashlib
import hmac
import json
import os
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GRAPH = "https://graph.facebook.com/v23.0"
TOKEN = os.environ["WHATSAPP_TOKEN"]
APP_SECRET = os.environ["WHATSAPP_APP_SECRET"]
VERIFY_TOKEN = os.environ["WHATSAPP_VERIFY_TOKEN"]
# The mistake that this bot can be told to make.
ANSWERS_ECHOES = os.environ.get("BOT_ANSWERS_ECHOES") == "1"

seen = set()
lock = threading.Lock()


def is_new(message_id):
    """WhatsApp delivers more than once; a message is answered once."""
    with lock:
        if message_id in seen:
            return False
        seen.add(message_id)
        return True


def send_text(phone_number_id, customer, text):
    body = {"messaging_product": "whatsapp", "type": "text", "text": {"body": text}, **customer}
    request = urllib.request.Request(
        f"{GRAPH}/{phone_number_id}/messages",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
    except urllib.error.HTTPError as refused:
        print("refused:", refused.code, refused.read().decode(errors="replace"), file=sys.stderr, flush=True)
    except OSError as failed:
        print("not sent:", failed, file=sys.stderr, flush=True)


def customer_of(number, user_id):
    """A customer may hide their number; then there is an id in its place."""
    return {"to": number} if number else {"recipient": user_id}


def handle(payload):
    for entry in payload.get("entry", []):
        for change in entry.get("changes", []):
            value = change.get("value", {})
            phone_number_id = value.get("metadata", {}).get("phone_number_id")
            if change.get("field") == "messages":
                for message in value.get("messages", []):
                    if message.get("type") == "text" and is_new(message["id"]):
                        customer = customer_of(message.get("from"), message.get("from_user_id"))
                        send_text(phone_number_id, customer, "Thanks, we will be with you shortly.")
            if change.get("field") == "smb_message_echoes" and ANSWERS_ECHOES:
                for echo in value.get("message_echoes", []):
                    customer = customer_of(echo.get("to"), echo.get("to_user_id"))
                    send_text(phone_number_id, customer, "Thanks, we will be with you shortly.")


class Webhook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, text=""):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        given = query.get("hub.verify_token", [""])[0]
        if hmac.compare_digest(given.encode(), VERIFY_TOKEN.encode()):
            self.answer(200, query.get("hub.challenge", [""])[0])
        else:
            self.answer(403)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        expected = "sha256=" + hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        given = self.headers.get("X-Hub-Signature-256", "")
        if not hmac.compare_digest(given.encode(), expected.encode()):
            self.answer(401)
            return
        self.answer(200)
        threading.Thread(target=handle, args=(json.loads(body),), daemon=True).start()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer.request_queue_size = 128
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Webhook).serve_forever()
