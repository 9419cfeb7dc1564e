package aque.desktop.theme;

/// Every class name that the style sheet knows. Colours live in the sheet alone.
public final class Style {
    public static final String CHOSEN = "chosen";
    public static final String CAPTION = "caption";
    public static final String MUTED = "muted";
    public static final String STRONG = "strong";
    public static final String FIGURE = "figure";
    public static final String MONO = "mono";
    public static final String GLYPH = "glyph";
    public static final String BRAND = "brand";
    public static final String TOP_BAR = "top-bar";
    public static final String SEARCH = "search";
    public static final String PRIMARY = "primary";
    public static final String PILL = "pill";
    public static final String SIDEBAR = "sidebar";
    public static final String SIDE_ITEM = "side-item";
    public static final String SIDE_HEADING = "side-heading";
    public static final String STATUS_BAR = "status-bar";
    public static final String JOB_TREE = "job-tree";
    public static final String JOB_ROW = "job-row";
    public static final String NAME_CELL = "name-cell";
    public static final String DISCLOSURE = "disclosure";
    public static final String STATE_CELL = "state-cell";
    public static final String EMPTY = "empty";
    public static final String GRAPH = "graph";
    public static final String GRAPH_BAR = "graph-bar";
    public static final String OVERVIEW = "overview";
    public static final String OVERVIEW_FRAME = "overview-frame";
    public static final String SIGN = "sign";
    public static final String PANEL = "panel";
    public static final String FIELD_NAME = "field-name";
    public static final String FIELD_VALUE = "field-value";
    public static final String CRUMBS = "crumbs";
    public static final String USAGE = "usage";
    public static final String LOG = "log";
    public static final String LOG_HEAD = "log-head";
    public static final String HITS = "hits";
    public static final String COMPARE = "compare";
    public static final String ERRORS = "errors";
    public static final String SMALL = "small";
    public static final String PICK = "pick";
    public static final String CHIP = "chip";
    public static final String LINK = "link";
    public static final String WORKERS = "workers";
    public static final String WORKER_PANEL = "worker-panel";
    public static final String LOAD = "load";
    public static final String PLAIN = "plain";
    public static final String NOTICE = "notice";
    public static final String DROP_ZONE = "drop-zone";
    public static final String DIALOG = "dialog";
    public static final String PALETTE = "palette";

    private Style() {}

    /// The class that gives a node the colour of a tone.
    public static String tone(Tone tone) {
        return "tone-" + tone.key();
    }
}
