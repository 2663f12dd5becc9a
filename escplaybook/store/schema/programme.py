"""The second step: vendors, agreements, deployments, the matrix, blockers at hand and mentors' notes."""

STATEMENTS = (
    """CREATE TABLE annotations (
        id TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
        field TEXT NOT NULL, quote TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE, applies_when TEXT NOT NULL,
        retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE vendors (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, levels TEXT NOT NULL, portal TEXT NOT NULL, entitlements TEXT NOT NULL,
        zone TEXT NOT NULL, hours TEXT NOT NULL, severity_names TEXT NOT NULL, systems TEXT NOT NULL,
        how_to_get_through TEXT NOT NULL, notes TEXT NOT NULL, tags TEXT NOT NULL, retired TEXT,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE agreements (
        id TEXT PRIMARY KEY, vendor TEXT NOT NULL REFERENCES vendors (id) DEFERRABLE INITIALLY DEFERRED,
        kind TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL, form TEXT, mutual INTEGER NOT NULL, scope TEXT NOT NULL, cap TEXT NOT NULL,
        carve_outs TEXT NOT NULL, insurance_until TEXT, signed TEXT, start TEXT, "end" TEXT,
        renewal TEXT NOT NULL, term_months INTEGER NOT NULL, notice_months INTEGER NOT NULL,
        notice_days INTEGER NOT NULL, notice_address TEXT NOT NULL,
        owner TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, notes TEXT NOT NULL, retired TEXT,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE deployments (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, customer TEXT NOT NULL, stages TEXT NOT NULL, go_live TEXT,
        zone TEXT NOT NULL, hours TEXT NOT NULL,
        point_of_contact TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        deputy TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, notes TEXT NOT NULL, retired TEXT,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE severities (
        id TEXT PRIMARY KEY, severity TEXT NOT NULL CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        criteria TEXT NOT NULL, examples TEXT NOT NULL, cadence INTEGER, channels TEXT NOT NULL,
        intake TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE levels (
        id TEXT PRIMARY KEY, rank INTEGER NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL,
        updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE cells (
        id TEXT PRIMARY KEY, severity TEXT NOT NULL CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        level INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED, stage TEXT NOT NULL,
        cause_class TEXT, owner TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        backup TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, entry_criterion TEXT NOT NULL,
        outcome TEXT NOT NULL, acknowledge INTEGER, act INTEGER, resolve INTEGER, channel TEXT NOT NULL,
        not_escalated INTEGER NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE rights (
        id TEXT PRIMARY KEY, decision TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE, deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED,
        stage TEXT NOT NULL, severity TEXT CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
        threshold TEXT NOT NULL, decider TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
        alternate TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, evidence TEXT NOT NULL,
        expires TEXT, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE blockers (
        id TEXT PRIMARY KEY, title TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('S1', 'S2', 'S3', 'S4')), observed TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
        deployment TEXT REFERENCES deployments (id) DEFERRABLE INITIALLY DEFERRED, stage TEXT NOT NULL,
        cause_class TEXT NOT NULL, system TEXT NOT NULL, data_domain TEXT NOT NULL, milestone TEXT NOT NULL,
        context TEXT NOT NULL, dependencies TEXT NOT NULL, options TEXT NOT NULL, risk TEXT NOT NULL,
        owner TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, notified TEXT, acknowledged TEXT,
        acknowledged_by TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED, resolved TEXT,
        resolution TEXT NOT NULL, entry TEXT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
        "references" TEXT NOT NULL, tags TEXT NOT NULL, retired TEXT, hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX annotations_by_entry ON annotations (entry)",
    "CREATE INDEX agreements_by_vendor ON agreements (vendor)",
    "CREATE INDEX agreements_by_owner ON agreements (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX deployments_by_point_of_contact ON deployments (point_of_contact) WHERE point_of_contact IS NOT NULL",
    "CREATE INDEX deployments_by_deputy ON deployments (deputy) WHERE deputy IS NOT NULL",
    "CREATE INDEX cells_by_deployment ON cells (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX cells_by_owner ON cells (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX cells_by_backup ON cells (backup) WHERE backup IS NOT NULL",
    "CREATE INDEX rights_by_deployment ON rights (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX rights_by_decider ON rights (decider) WHERE decider IS NOT NULL",
    "CREATE INDEX rights_by_alternate ON rights (alternate) WHERE alternate IS NOT NULL",
    "CREATE INDEX blockers_by_deployment ON blockers (deployment) WHERE deployment IS NOT NULL",
    "CREATE INDEX blockers_by_owner ON blockers (owner) WHERE owner IS NOT NULL",
    "CREATE INDEX blockers_by_acknowledged_by ON blockers (acknowledged_by) WHERE acknowledged_by IS NOT NULL",
    "CREATE INDEX blockers_by_entry ON blockers (entry) WHERE entry IS NOT NULL",
)
