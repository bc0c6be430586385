"""Papers by which something was decided stay as they were: whoever keeps files says when, in one place (DP-01, MA-01).

The models are found by their files, so that a new one needs no line here.
"""

from test_documents import as_person, attempt, internal_users, models_of

PAPERS = "rural.papers.mixin"


def files_of(env) -> dict[str, set[str]]:
    """Return the models of the suite with lists of files, and the names of these."""
    found = {}
    for name in env.registry:
        model = env[name]
        if name.startswith("rural.") and not (model._abstract or model._transient):
            lists = {
                field.name
                for field in model._fields.values()
                if field.type in ("one2many", "many2many") and field.comodel_name == "ir.attachment"
            }
            if lists:
                found[name] = lists
    return found


def test_whoever_keeps_files_says_when_they_stay(env):
    files = files_of(env)
    assert {"rural.merchant.document", "rural.center.document", "rural.center.notice"} <= files.keys()
    assert {"rural.penalty.case", "rural.deposit.movement", "rural.complaint.investigation"} <= files.keys()
    assert sorted(files) == [model._name for model in models_of(env, PAPERS)]
    for name in files:
        model = env[name]
        says = getattr(model, "_open_file_states", None) is not None
        bases = [base for base in type(model).mro() if "_decided_by_papers" in vars(base)]
        own = bases[0]._name if bases else None
        assert says or own not in (None, PAPERS, "rural.files.mixin", "rural.document.mixin"), name


def test_nobody_takes_away_or_replaces_the_papers_of_what_was_decided(env):
    """Every person who may write the record is refused, whichever way he takes."""
    tried = set()
    for model in models_of(env, PAPERS):
        records = model.with_context(active_test=False).search([], order="id")
        record = next((record for record in records if record._decided_by_papers()), None)
        if record is None:
            continue
        file = env["ir.attachment"].create(
            {"name": "paper.txt", "raw": b"as it was", "res_model": model._name, "res_id": record.id}
        )
        for user in internal_users(env):
            mine = as_person(record, user)
            if not mine.has_access("write"):
                continue
            paper = file.with_env(mine.env)
            for step in (
                lambda paper=paper: paper.unlink(),
                lambda paper=paper: paper.write({"raw": b"another"}),
                lambda paper=paper: paper.write({"res_id": 0}),
                lambda paper=paper: paper.write({"name": "another.txt"}),
                lambda mine=mine: mine.unlink(),
            ):
                assert not attempt(env, step), (model._name, user.login)
            tried.add(model._name)
    assert {"rural.merchant.document", "rural.center.document"} <= tried, tried


def test_files_of_fields_are_changed_on_their_records_alone(env):
    """A signed scan is the agreement's: nobody exchanges the file behind its back."""
    agreement = env["rural.center.agreement"].search([("signed_scan", "=", False)], limit=1)
    agreement.with_context(tracking_disable=True).sudo().write({"signed_scan": b"c2Nhbg=="})
    env.flush_all()
    scan = env["ir.attachment"].search(
        [("res_model", "=", agreement._name), ("res_id", "=", agreement.id), ("res_field", "=", "signed_scan")]
    )
    assert len(scan) == 1
    for user in internal_users(env):
        mine = scan.with_env(as_person(agreement, user).env)
        assert not attempt(env, lambda mine=mine: mine.write({"raw": b"another"})), user.login
        assert not attempt(env, lambda mine=mine: mine.unlink()), user.login
