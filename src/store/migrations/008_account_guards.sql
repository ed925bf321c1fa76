-- An account stands in the class of its stage and names the giver of its promise, whoever opens it; only a stage has a contra account.
alter table stage add unique (id, class);
alter table account
  add foreign key (stage, class) references stage (id, class),
  add check ((promise_no is null) = (donor_no is null)),
  add check ((promise_no is null) = (class is null)),
  add check (promise_no is not null or not contra);
