"""What the database itself promises about writing: versions that only grow, history that stays.

Two triggers stand on every `Written` table, one on the revisions. They hold for whatever changes
a row: the save address, a form, the admin, `queryset.update`, a migration, somebody at a prompt.

Why not django-pghistory's event tables? They would make one more table for every room, know no
text that was refused (the loser of a conflict), and copy the whole text on every save. One shared
table answers "what did I write, and when" for every room with one query, and a splice in place of
a copy (the SQL function `writing_splice`, made by a migration) keeps it small. pghistory's own
foundation, django-pgtrigger, installs these.
"""

import pgtrigger
from django.db.models import Model

# Every so many versions a revision holds all texts whole, so reading one folds a bounded number.
KEYFRAME = 32
# The setting, local to a transaction, in which a save tells the trigger who is saving.
PROVENANCE = "writing.save"
# The setting that names the accounts being deleted in this transaction.
ERASING = "writing.erasing"


class _OnWriting(pgtrigger.Trigger):
    """A trigger over the writing fields of a table. Their names are given to it, because a
    migration hands it a historical model, which has columns and no class attributes."""

    def __init__(self, writing: tuple[str, ...], **kwargs):
        self.writing = tuple(writing)
        super().__init__(**kwargs)

    def columns(self, model: type[Model]) -> dict[str, str]:
        by_name = {field.name: field.column for field in model._meta.concrete_fields}
        return {name: str(by_name[name]) for name in self.writing}

    def same(self, model: type[Model]) -> str:
        """SQL: no writing field differs between OLD and NEW."""
        return " AND ".join(
            f'OLD."{c}" IS NOT DISTINCT FROM NEW."{c}"' for c in self.columns(model).values()
        )


class VersionTrigger(_OnWriting):
    """Counts the version up with every change of text, and refuses a change made from an old one.

    So a `save()` of an instance loaded before somebody else's change raises IntegrityError where
    it would have overwritten their text.
    """

    name = "writing_version"
    when = pgtrigger.Before
    operation = pgtrigger.Update

    def get_func(self, model):
        return f"""
            IF {self.same(model)} THEN
              NEW.version := OLD.version;
              RETURN NEW;
            END IF;
            IF NEW.version NOT IN (OLD.version, OLD.version + 1) THEN
              RAISE EXCEPTION '{model._meta.label_lower} % is at version %, not %',
                OLD.id, OLD.version, NEW.version USING ERRCODE = 'check_violation';
            END IF;
            -- A save counts up itself and says when; other changes of text may say neither.
            IF NEW.version = OLD.version AND NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
              NEW.updated_at := clock_timestamp();
            END IF;
            NEW.version := OLD.version + 1;
            RETURN NEW;
        """


class HistoryTrigger(_OnWriting):
    """Writes a revision for every change of text, in the statement that changes it."""

    name = "writing_history"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update
    declare = [("note", "jsonb"), ("texts", "jsonb"), ("whole", "boolean"), ("base", "integer")]

    def get_func(self, model):
        label = model._meta.label_lower
        columns = self.columns(model)
        everything = ", ".join(f"'{name}', NEW.\"{c}\"" for name, c in columns.items())
        empty = " AND ".join(f"coalesce(NEW.\"{c}\", '') = ''" for c in columns.values())
        changes = "\n".join(
            f"""IF OLD."{c}" IS DISTINCT FROM NEW."{c}" THEN
                  texts := texts || jsonb_build_object(
                    '{name}', writing_splice(OLD."{c}"::text, NEW."{c}"::text));
                END IF;"""
            for name, c in columns.items()
        )
        return f"""
            IF TG_OP = 'INSERT' THEN
              IF {empty} THEN RETURN NULL; END IF;
              whole := true;
              base := 0;
            ELSE
              IF {self.same(model)} THEN RETURN NULL; END IF;
              whole := NEW.version % {KEYFRAME} = 0;
              base := OLD.version;
            END IF;
            IF whole THEN
              texts := jsonb_build_object({everything});
            ELSE
              texts := '{{}}'::jsonb;
              {changes}
            END IF;
            -- Who is saving, unless the setting was left by another save in this transaction.
            note := nullif(current_setting('{PROVENANCE}', true), '')::jsonb;
            IF note->>'model' IS DISTINCT FROM '{label}' OR (note->>'id')::bigint <> NEW.id
               OR (note->>'base')::int <> base THEN
              note := NULL;
            END IF;
            INSERT INTO writing_revision (owner_id, model, object_id, version, base_version, kind,
              fields, whole, tab, key, name, saved_at)
            VALUES (NEW.owner_id, '{label}', NEW.id, NEW.version, base,
              coalesce(note->>'kind', 'saved'), texts, whole, (note->>'tab')::uuid,
              (note->>'key')::uuid, '', NEW.updated_at);
            RETURN NULL;
        """  # noqa: S608 (names of models and columns, never values)


class KeepHistory(pgtrigger.Trigger):
    """Revisions are append-only: a name may be given, all else stays while the account does."""

    name = "writing_append_only"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model):
        return f"""
            IF TG_OP = 'DELETE' THEN
              IF OLD.owner_id::text = ANY (string_to_array(
                   coalesce(current_setting('{ERASING}', true), ''), ',')) THEN
                RETURN OLD;
              END IF;
              RAISE EXCEPTION 'revisions are kept until their owner''s account is deleted'
                USING ERRCODE = 'restrict_violation';
            END IF;
            IF to_jsonb(OLD) - 'name' <> to_jsonb(NEW) - 'name' THEN
              RAISE EXCEPTION 'only the name of a revision can change'
                USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """
