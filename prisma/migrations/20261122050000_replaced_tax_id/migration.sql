-- The tax id at Stripe that another was to take the place of: noted before Stripe is asked, so that one which could
-- not be removed is removed by the next try.
ALTER TABLE customer_intent ADD COLUMN replaced_tax_id text;
