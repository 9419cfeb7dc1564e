package aque.farm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What stands in the database as JSON.
final class JsonRows {
    private JsonRows() {}

    /// Texts by name: labels, an environment.
    static Map<String, String> texts(ResultSet r, int column) throws SQLException {
        var json = r.getString(column);
        return json.equals("{}")
                ? Map.of()
                : JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
    }
}
