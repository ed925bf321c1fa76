-- "Not a number" and infinity are numerics too, above every number.
alter table posting
  add constraint posting_quantity_finite check (quantity < 'Infinity'),
  add constraint posting_reported_finite check (reported > '-Infinity' and reported < 'Infinity');
