// The provider's own client for JavaScript, which checks every reply and every webhook against its schemas.
//
// Says where it listens for webhooks, reads the sandbox's address from its input, calls every route it knows, and ends
// with 0 when nothing was amiss.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Polar } from "@polar-sh/sdk";
import { ResourceNotFound } from "@polar-sh/sdk/models/errors/resourcenotfound.js";
import { validateEvent } from "@polar-sh/sdk/webhooks.js";

const accessToken = process.env.SANDBOX_TOKEN;
const secret = process.env.SANDBOX_SECRET;
// Younger than this client.
const UNKNOWN = new Set(["subscription.cycled", "subscription.paused", "subscription.resumed"]);

const seen = new Map();
const faults = [];

const receiver = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts).toString("utf8");
    const type = JSON.parse(body).type;
    try {
      if (!UNKNOWN.has(type)) {
        validateEvent(body, request.headers, secret);
      }
      seen.set(type, (seen.get(type) ?? 0) + 1);
    } catch (error) {
      faults.push(`${type}: ${error.cause?.pretty?.() ?? error.stack}`);
    }
    response.writeHead(202).end();
  });
});

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${url}: ${response.status}`);
  return response.json();
}

// Until every webhook is out.
async function settled(url) {
  for (;;) {
    const state = await (await fetch(`${url}/sandbox/state.json`)).json();
    if (state.changed_customers.length === 0 && state.events.every((event) => event.state !== "pending")) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function first(pages) {
  for await (const page of pages) {
    return page.result;
  }
}

async function catalogue(polar) {
  const tiers = { tiers: [{ minSeats: 1, maxSeats: null, pricePerSeat: 1000 }] };
  const team = await polar.products.create({
    name: "Team",
    recurringInterval: "month",
    prices: [{ amountType: "seat_based", priceCurrency: "usd", seatTiers: tiers }],
  });
  const trial = await polar.products.create({
    name: "Tried",
    recurringInterval: "month",
    trialInterval: "day",
    trialIntervalCount: 14,
    prices: [{ amountType: "fixed", priceCurrency: "usd", priceAmount: 2900 }],
  });
  const once = await polar.products.create({
    name: "Credits",
    prices: [{ amountType: "fixed", priceCurrency: "usd", priceAmount: 5000 }],
  });
  await polar.products.get({ id: team.id });
  await polar.products.update({ id: team.id, productUpdate: { name: "Teams" } });
  const listed = await first(await polar.products.list({}));
  assert.equal(listed.pagination.totalCount, 3);
  return { team, trial, once };
}

async function people(polar) {
  const owner = { email: "ada@acme.example", name: "Ada", externalId: "user_1" };
  const customer = await polar.customers.create({ type: "team", name: "Acme", externalId: "js_1", owner });
  await polar.customers.get({ id: customer.id });
  await polar.customers.getExternal({ externalId: "js_1" });
  await polar.customers.update({ id: customer.id, customerUpdate: { name: "Acme Ltd" } });
  const individual = await polar.customers.create({ email: "bob@acme.example" });
  const found = await first(await polar.customers.list({ email: "bob@acme.example" }));
  assert.equal(found.items[0].id, individual.id);
  await polar.customers.delete({ id: individual.id });
  await assert.rejects(polar.customers.get({ id: individual.id }), ResourceNotFound);
  const member = await polar.customers.members.create({
    id: customer.id,
    memberCreateFromCustomer: { email: "eve@acme.example", externalId: "user_2" },
  });
  await polar.customers.members.get({ id: customer.id, memberId: member.id });
  await polar.customers.members.getExternal({ externalId: "js_1", memberExternalId: "user_2" });
  await polar.customers.members.update({
    id: customer.id,
    memberId: member.id,
    memberUpdate: { name: "Eve", role: "billing_manager" },
  });
  await polar.customers.members.delete({ id: customer.id, memberId: member.id });
  await polar.customerSessions.create({ externalCustomerId: "js_1", externalMemberId: "user_1" });
  return customer;
}

async function buy(polar, product, customer, seats) {
  const checkout = await polar.checkouts.create({
    products: [product.id],
    customerId: customer.id,
    seats,
    successUrl: "https://app.example/done?checkout={CHECKOUT_ID}",
    metadata: { org_id: "js_1" },
  });
  await polar.checkouts.get({ id: checkout.id });
  await polar.checkouts.update({ id: checkout.id, checkoutUpdate: { metadata: { org_id: "js_1" } } });
  const { clientSecret } = checkout;
  await polar.checkouts.clientGet({ clientSecret });
  const address = { country: "DE" };
  const confirm = { customerBillingName: "Acme", customerBillingAddress: address };
  await polar.checkouts.clientConfirm({ clientSecret, checkoutConfirmStripe: confirm });
  const paid = await polar.checkouts.get({ id: checkout.id });
  assert.equal(paid.status, "succeeded");
  return checkout;
}

async function subscriptions(polar, url, products, customer) {
  await buy(polar, products.team, customer, 5);
  const listed = await first(await polar.subscriptions.list({ customerId: customer.id, active: true }));
  const { id } = listed.items[0];
  await polar.subscriptions.get({ id });
  const change = (subscriptionUpdate) => polar.subscriptions.update({ id, subscriptionUpdate });
  assert.equal((await change({ seats: 8, prorationBehavior: "invoice" })).seats, 8);
  assert.equal((await change({ seats: 6, prorationBehavior: "next_period" })).pendingUpdate.seats, 6);
  assert.equal((await change({ cancelAtPeriodEnd: true })).cancelAtPeriodEnd, true);
  assert.equal((await change({ cancelAtPeriodEnd: false })).cancelAtPeriodEnd, false);
  await polar.customers.getState({ id: customer.id });
  await polar.customers.getStateExternal({ externalId: "js_1" });
  await post(`${url}/sandbox/clock`, { ahead_seconds: 32 * 86400 });
  assert.equal((await polar.subscriptions.get({ id })).seats, 6);
  await post(`${url}/sandbox/cards`, { customer_id: customer.id, card: "declines" });
  await post(`${url}/sandbox/clock`, { ahead_seconds: 63 * 86400 });
  assert.equal((await polar.subscriptions.get({ id })).status, "past_due");
  await post(`${url}/sandbox/cards`, { customer_id: customer.id, card: "pays", retry: true });
  assert.equal((await polar.subscriptions.get({ id })).status, "active");
  await polar.subscriptions.revoke({ id });
  await buy(polar, products.trial, customer);
}

async function money(polar, products, customer) {
  const checkout = await buy(polar, products.once, customer);
  const orders = await first(await polar.orders.list({ checkoutId: checkout.id }));
  const order = orders.items[0];
  await polar.orders.get({ id: order.id });
  await polar.orders.update({ id: order.id, orderUpdate: { billingName: "Acme Ltd" } });
  await polar.orders.generateInvoice({ id: order.id });
  const invoice = await polar.orders.invoice({ id: order.id });
  assert.equal((await fetch(invoice.url)).status, 200);
  await polar.refunds.create({ orderId: order.id, amount: 1000, reason: "customer_request" });
  await first(await polar.refunds.list({ orderId: order.id }));
  const payments = await first(await polar.payments.list({ orderId: order.id }));
  await polar.payments.get({ id: payments.items[0].id });
  const all = await first(await polar.orders.list({ limit: 100 }));
  assert.ok(all.items.length > 5);
  await first(await polar.checkouts.list({}));
}

async function usage(polar) {
  const ingested = await polar.events.ingest({
    events: [{ name: "api_call", externalCustomerId: "js_1", externalId: "call_1", metadata: { units: 3 } }],
  });
  assert.equal(ingested.inserted, 1);
  const meter = await polar.meters.create({
    name: "Calls",
    filter: { conjunction: "and", clauses: [{ property: "name", operator: "eq", value: "api_call" }] },
    aggregation: { func: "sum", property: "units" },
  });
  await polar.meters.get({ id: meter.id });
  await first(await polar.meters.list({}));
  const day = 24 * 3600 * 1000;
  const quantities = await polar.meters.quantities({
    id: meter.id,
    startTimestamp: new Date(Date.now()),
    endTimestamp: new Date(Date.now() + 90 * day),
    interval: "day",
  });
  assert.equal(quantities.total, 3);
  const meters = await first(await polar.customerMeters.list({ externalCustomerId: "js_1" }));
  assert.equal(meters.items[0].balance, -3);
}

async function webhooks(polar, url) {
  const created = await polar.webhooks.createWebhookEndpoint({
    url: "https://app.example/hook",
    format: "raw",
    events: ["refund.updated"],
  });
  const { id } = created;
  await polar.webhooks.getWebhookEndpoint({ id });
  await polar.webhooks.updateWebhookEndpoint({ id, webhookEndpointUpdate: { events: ["order.paid"] } });
  const rotated = await polar.webhooks.resetWebhookEndpointSecret({ id });
  assert.notEqual(rotated.secret, created.secret);
  await first(await polar.webhooks.listWebhookEndpoints({}));
  await polar.webhooks.deleteWebhookEndpoint({ id });
  await settled(url);
  const deliveries = await first(await polar.webhooks.listWebhookDeliveries({}));
  await polar.webhooks.redeliverWebhookEvent({ id: deliveries.items[0].webhookEvent.id });
}

async function run(url) {
  const polar = new Polar({ accessToken, serverURL: url });
  const products = await catalogue(polar);
  const customer = await people(polar);
  await subscriptions(polar, url, products, customer);
  await money(polar, products, customer);
  await usage(polar);
  await webhooks(polar, url);
  await settled(url);
}

receiver.listen(0, "127.0.0.1", () => console.log(receiver.address().port));
for await (const url of createInterface({ input: process.stdin })) {
  try {
    await run(url);
  } catch (error) {
    faults.push(error.pretty?.() ?? error.cause?.pretty?.() ?? error.stack);
  }
  break;
}
console.log(JSON.stringify({ webhooks: Object.fromEntries(seen) }));
for (const fault of faults.slice(0, 5)) {
  console.error(fault);
}
process.exit(faults.length === 0 && seen.size > 20 ? 0 : 1);
