import { auth } from "@/lib/auth/auth";

/** Links in mails end here. What changes something goes through our own guarded routes. */
export const GET = (request: Request) => auth().handler(request);
