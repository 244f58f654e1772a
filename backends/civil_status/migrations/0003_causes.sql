-- However a dossier is settled, granted, refused or withdrawn, the cause of death leaves its papers.
CREATE FUNCTION set_cause_aside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.filed := (NEW.filed::jsonb #- '{evidence,cause_of_death}')::json;
    RETURN NEW;
END
$$;

CREATE TRIGGER causes_set_aside BEFORE UPDATE ON dossier
    FOR EACH ROW
    WHEN (NEW.procedure = 'register_death' AND NEW.outcome IN ('granted', 'refused'))
    EXECUTE FUNCTION set_cause_aside();
