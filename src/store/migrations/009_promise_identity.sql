-- To whom a promise is made is part of what it is: a release that names another recipient makes another promise.
alter table promise drop constraint promise_book_no_code_donor_no_category_stream_unit_no_key;
alter table promise add constraint promise_identity unique (book_no, code, donor_no, recipient_no, category, stream, unit_no);
