/** What Next itself takes for a request: in the bench's copy of the app alone. */
export const POST = () => Response.json({ received: true });
