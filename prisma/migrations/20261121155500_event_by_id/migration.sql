-- An event is looked up by its id alone: staff and the command line know nothing else of it.
ALTER TABLE "stripe_event" DROP CONSTRAINT "stripe_event_pkey",
  ADD CONSTRAINT "stripe_event_pkey" PRIMARY KEY ("id", "account", "livemode");
