-- A claim changes no indexed column, so with room on its page an event is claimed without touching an index; and
-- with its payload kept aside, neither a claim nor the end of the work copies that.
ALTER TABLE stripe_event SET (fillfactor = 70, toast_tuple_target = 128);
