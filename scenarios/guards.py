"""What the database itself promises about attempts: what is finished, or asked, stays as it was.

The views and the autosave refuse such changes with a sentence; these triggers hold for whatever
else might try, from `queryset.update` to somebody at a prompt. Deleting an account is the one way
out, announced as it is for the history of writing (writing/autosave/triggers.py).
"""

import pgtrigger

from writing.autosave.triggers import ERASING

_ERASING = f"""OLD.owner_id::text = ANY (string_to_array(
    coalesce(current_setting('{ERASING}', true), ''), ','))"""


class KeepFinished(pgtrigger.Trigger):
    """A finished attempt neither changes nor goes."""

    name = "attempt_stays_finished"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model):
        return f"""
            IF OLD.finished_at IS NULL THEN
              IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
              RETURN NEW;
            END IF;
            IF TG_OP = 'DELETE' AND {_ERASING} THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'attempt % is finished', OLD.id USING ERRCODE = 'restrict_violation';
        """


class OnlyWhileOpen(pgtrigger.Trigger):
    """Rows of an attempt come, change and go only while it is open."""

    name = "attempt_is_open"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("of_attempt", "bigint")]

    def get_func(self, model):
        # A plain read, not a lock: a save that runs beside the finish counts as before it.
        return f"""
            IF TG_OP = 'DELETE' THEN
              IF {_ERASING} THEN RETURN OLD; END IF;
              of_attempt := OLD.attempt_id;
            ELSE
              of_attempt := NEW.attempt_id;
            END IF;
            IF EXISTS (SELECT FROM scenarios_attempt
                       WHERE id = of_attempt AND finished_at IS NOT NULL) THEN
              RAISE EXCEPTION 'attempt % is finished', of_attempt
                USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """


class AskedStays(pgtrigger.Trigger):
    """A question that was asked keeps its words and its answer."""

    name = "asked_stays_asked"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.Q(old__asked_at__isnull=False)

    def get_func(self, model):
        return """
            RAISE EXCEPTION 'question % was asked', OLD.id USING ERRCODE = 'restrict_violation';
        """
