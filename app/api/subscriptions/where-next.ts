type Done = { state: string; invoiceId?: string | null };

/**
 * Where a person goes on: to pay what the change waits for, or back to the billing page. A program is told of
 * the way to pay alone, because only that needs a person.
 */
export function whereNext<Answer extends Done>(slug: string, answer: Answer) {
  const billing = `/t/${slug}/billing`;
  const { state, invoiceId } = answer;
  if (invoiceId) {
    const location = `${billing}/pay/${invoiceId}`;
    return { body: { ...answer, location }, location };
  }
  return { body: answer, location: `${billing}?done=${state}` };
}
