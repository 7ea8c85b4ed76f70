"""The provider's own client for Python, which checks every reply and every webhook against its types.

Says where it listens for webhooks, reads the sandbox's address from its input, calls every route it knows, and ends with
0 when nothing was amiss.
"""

import collections
import datetime
import http.server
import json
import os
import sys
import threading
import time
import traceback
import urllib.request

from polar import v2026_10
from polar.v2026_10 import Polar, outputs, webhooks

TOKEN = os.environ["SANDBOX_TOKEN"]
SECRET = os.environ["SANDBOX_SECRET"]

# This version of the client has the states of licence keys where those of subscriptions belong.
outputs.CustomerStateSubscription.__annotations__["status"] = "SubscriptionStatus"

seen: collections.Counter[str] = collections.Counter()
faults: list[str] = []
# Looked at when all are there: the client takes many seconds for its first, longer than a delivery waits.
received: list[tuple[bytes, dict[str, str]]] = []


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        received.append((body, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(202)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def post(url: str, body: object) -> object:
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def settled(url: str) -> None:
    """Until every webhook is out."""
    while True:
        with urllib.request.urlopen(f"{url}/sandbox/state.json") as response:
            state = json.load(response)
        pending = [event for event in state["events"] if event["state"] == "pending"]
        if not pending and not state["changed_customers"]:
            return
        time.sleep(0.02)


def refused(call, name: str) -> None:
    try:
        call()
    except Exception as error:
        assert name in (type(error).__name__, str(error).partition("(")[0].rpartition(" ")[2]), repr(error)
        return
    raise AssertionError(f"{name} was expected")


def catalogue(polar: Polar):
    tiers = {"tiers": [{"min_seats": 1, "max_seats": None, "price_per_seat": 1000}]}
    seats = {"amount_type": "seat_based", "price_currency": "usd", "seat_tiers": tiers}
    team = polar.products.create(name="Team", recurring_interval="month", prices=[seats])
    fixed = {"amount_type": "fixed", "price_currency": "usd", "price_amount": 2900}
    trial = polar.products.create(
        name="Tried", recurring_interval="month", prices=[fixed], trial_interval="day", trial_interval_count=14
    )
    once = polar.products.create(name="Credits", prices=[fixed])
    polar.products.get(team.id)
    polar.products.update(team.id, name="Teams")
    assert polar.products.list().pagination.total_count == 3
    return team, trial, once


def people(polar: Polar):
    owner = {"email": "ada@acme.example", "name": "Ada", "external_id": "user_1"}
    customer = polar.customers.create(type="team", name="Acme", external_id="py_1", owner=owner)
    polar.customers.get(customer.id)
    polar.customers.get_external("py_1")
    polar.customers.update(customer.id, name="Acme Ltd")
    polar.customers.update_external("py_1", name="Acme")
    individual = polar.customers.create(email="bob@acme.example")
    assert polar.customers.list(email="bob@acme.example").items[0].id == individual.id
    refused(lambda: polar.customers.create(email="bob@acme.example"), "HTTPValidationError")
    polar.customers.delete(individual.id)
    refused(lambda: polar.customers.get(individual.id), "ResourceNotFound")
    member = polar.customers.members.create(customer.id, email="eve@acme.example", external_id="user_2")
    polar.customers.members.list(customer.id)
    polar.customers.members.list_external("py_1")
    polar.customers.members.get(customer.id, member.id)
    polar.customers.members.get_external("py_1", "user_2")
    polar.customers.members.update(customer.id, member.id, name="Eve")
    polar.customers.members.update_external("py_1", "user_2", role="billing_manager")
    polar.customers.members.delete(customer.id, member.id)
    polar.customer_sessions.create(external_customer_id="py_1", external_member_id="user_1")
    refused(lambda: polar.customer_sessions.create(customer_id=customer.id), "HTTPValidationError")
    return customer


def buy(polar: Polar, product, customer, **more):
    checkout = polar.checkouts.create(products=[product.id], customer_id=customer.id, **more)
    polar.checkouts.get(checkout.id)
    polar.checkouts.update(checkout.id, metadata={"org_id": "py_1"})
    polar.checkouts.client_get(checkout.client_secret)
    confirmed = polar.checkouts.client_confirm(
        checkout.client_secret, customer_billing_name="Acme", customer_billing_address={"country": "DE"}
    )
    assert confirmed.status == "confirmed"
    assert polar.checkouts.get(checkout.id).status == "succeeded"
    return checkout


def subscriptions(polar: Polar, url: str, team, trial, customer) -> None:
    buy(polar, team, customer, seats=5)
    subscription = polar.subscriptions.list(customer_id=customer.id, active=True).items[0].id
    polar.subscriptions.get(subscription)
    assert polar.subscriptions.update(subscription, seats=8, proration_behavior="invoice").seats == 8
    scheduled = polar.subscriptions.update(subscription, seats=6, proration_behavior="next_period")
    assert scheduled.pending_update.seats == 6
    polar.subscriptions.update(subscription, pending_update=None)
    polar.subscriptions.update(subscription, cancel_at_period_end=True)
    refused(lambda: polar.subscriptions.update(subscription, seats=9), "AlreadyCanceledSubscription")
    polar.subscriptions.update(subscription, cancel_at_period_end=False)
    polar.subscriptions.update(subscription, metadata={"org_id": "py_1"})
    polar.customers.get_state(customer.id)
    polar.customers.get_state_external("py_1")
    post(f"{url}/sandbox/clock", {"ahead_seconds": 32 * 86400})
    post(f"{url}/sandbox/cards", {"customer_id": customer.id, "card": "declines"})
    post(f"{url}/sandbox/clock", {"ahead_seconds": 63 * 86400})
    assert polar.subscriptions.get(subscription).status == "past_due"
    post(f"{url}/sandbox/cards", {"customer_id": customer.id, "card": "pays", "retry": True})
    polar.subscriptions.update(subscription, pause_at_period_end=True)
    post(f"{url}/sandbox/clock", {"ahead_seconds": 95 * 86400})
    assert polar.subscriptions.get(subscription).status == "paused"
    polar.subscriptions.update(subscription, resume=True)
    polar.subscriptions.revoke(subscription)
    buy(polar, trial, customer)


def money(polar: Polar, once, customer) -> None:
    checkout = buy(polar, once, customer)
    order = polar.orders.list(checkout_id=checkout.id).items[0]
    polar.orders.get(order.id)
    polar.orders.update(order.id, billing_name="Acme Ltd", billing_address={"country": "DE"})
    polar.orders.generate_invoice(order.id)
    with urllib.request.urlopen(polar.orders.invoice(order.id).url) as response:
        assert response.status == 200
    polar.refunds.create(order_id=order.id, amount=1000, reason="customer_request")
    assert polar.refunds.list(order_id=order.id).items[0].amount == 1000
    payment = polar.payments.list(order_id=order.id).items[0]
    polar.payments.get(payment.id)
    assert len(polar.orders.list(limit=100).items) > 5
    assert len(polar.checkouts.list().items) == 3


def usage(polar: Polar) -> None:
    event = {"name": "api_call", "external_customer_id": "py_1", "external_id": "call_1", "metadata": {"units": 3}}
    assert polar.events.ingest(events=[event, event]).duplicates == 1
    clause = {"property": "name", "operator": "eq", "value": "api_call"}
    meter = polar.meters.create(
        name="Calls",
        filter={"conjunction": "and", "clauses": [clause]},
        aggregation={"func": "sum", "property": "units"},
    )
    polar.meters.get(meter.id)
    polar.meters.list()
    now = datetime.datetime.now(datetime.timezone.utc)
    quantities = polar.meters.quantities(
        meter.id,
        start_timestamp=now.isoformat(),
        end_timestamp=(now + datetime.timedelta(days=120)).isoformat(),
        interval="day",
    )
    assert quantities.total == 3
    assert polar.customer_meters.list(external_customer_id="py_1").items[0].balance == -3


def endpoints(polar: Polar, url: str) -> None:
    created = polar.webhooks.create_webhook_endpoint(
        url="https://app.example/hook", format="raw", events=["refund.updated"]
    )
    polar.webhooks.get_webhook_endpoint(created.id)
    polar.webhooks.update_webhook_endpoint(created.id, events=["order.paid"])
    assert polar.webhooks.reset_webhook_endpoint_secret(created.id).secret != created.secret
    polar.webhooks.list_webhook_endpoints()
    polar.webhooks.delete_webhook_endpoint(created.id)
    settled(url)
    delivery = polar.webhooks.list_webhook_deliveries().items[0]
    polar.webhooks.redeliver_webhook_event(delivery.webhook_event.id)


def run(url: str) -> None:
    polar = Polar(TOKEN, base_url=url)
    team, trial, once = catalogue(polar)
    customer = people(polar)
    subscriptions(polar, url, team, trial, customer)
    money(polar, once, customer)
    usage(polar)
    endpoints(polar, url)
    post(f"{url}/sandbox/faults", {"retry_after_seconds": 7, "limited_requests": 1})
    refused(polar.products.list, "PolarRateLimitError")
    settled(url)


def check_webhooks() -> None:
    for body, headers in received:
        kind = json.loads(body)["type"]
        try:
            webhooks.validate_event(body, headers, SECRET)
            seen[kind] += 1
        except Exception as error:
            faults.append(f"{kind}: {error!r} {error.__cause__!r}")


def main() -> int:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    try:
        run(sys.stdin.readline().strip())
    except Exception:
        faults.append(traceback.format_exc())
    check_webhooks()
    print(json.dumps({"webhooks": seen}), flush=True)
    for fault in faults[:5]:
        print(fault, file=sys.stderr)
    return 0 if not faults and len(seen) > 20 else 1


sys.exit(main())
