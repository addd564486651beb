import { randomUUID } from 'node:crypto';
import { saveOrder } from './orders.mjs';
import { askForPayment } from './payments.mjs';

export async function handler(event) {
  const { items } = JSON.parse(event.body);
  const order = { id: randomUUID(), customer: event.requestContext.authorizer.claims.sub, items };
  await saveOrder(order);
  await askForPayment(order.id);
  return { statusCode: 201, body: JSON.stringify({ id: order.id }) };
}
