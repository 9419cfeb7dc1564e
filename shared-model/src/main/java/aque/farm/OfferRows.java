package aque.farm;

import aque.schedule.Capabilities;
import aque.schedule.Waiting;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What workers offer, taken apart by the server: whoever asks once would wait longer for the start of a JSON mapper
/// than
/// for all else.
final class OfferRows {
    private OfferRows() {}

    /// Those that are up or draining, by name.
    ///
    /// @param kept what they keep their room for, by number
    static List<Waiting.Offer> read(Connection c, Map<Integer, String> kept) throws SQLException {
        var out = new ArrayList<Waiting.Offer>();
        try (var s = c.prepareStatement("""
                        SELECT w.worker_id, w.name, w.state, w.cpu_m, w.memory, coalesce(l.cpu, 0), coalesce(l.mem, 0), k ->> 'host', k ->> 'platform', k ->> 'user', (k ->> 'cpuMilli')::int, (k ->> 'memory')::bigint,
                               ARRAY(SELECT key FROM jsonb_each_text(k -> 'amounts') ORDER BY 1), ARRAY(SELECT value::float8 FROM jsonb_each_text(k -> 'amounts') ORDER BY key),
                               ARRAY(SELECT a.key FROM jsonb_each(k -> 'attributes') a, jsonb_array_elements_text(a.value) v ORDER BY 1, v.value), ARRAY(SELECT v.value FROM jsonb_each(k -> 'attributes') a, jsonb_array_elements_text(a.value) v ORDER BY a.key, 1)
                          FROM worker w CROSS JOIN LATERAL (SELECT w.capabilities::jsonb k OFFSET 0) j LEFT JOIN (SELECT worker_id, sum(cpu_m) cpu, sum(memory) mem FROM lease GROUP BY 1) l USING (worker_id)
                         WHERE w.state IN ('up', 'draining') ORDER BY w.name, w.worker_id""");
                var r = s.executeQuery()) {
            while (r.next()) {
                out.add(new Waiting.Offer(
                        r.getString(2),
                        whole(r),
                        r.getInt(4) - r.getInt(6),
                        r.getLong(5) - r.getLong(7),
                        r.getString(3).equals("draining"),
                        Optional.ofNullable(kept.get(r.getInt(1)))));
            }
        }
        return out;
    }

    private static Capabilities whole(ResultSet r) throws SQLException {
        var names = texts(r.getArray(13));
        var amounts = (Double[]) r.getArray(14).getArray();
        var keys = texts(r.getArray(15));
        var values = texts(r.getArray(16));
        var attributes = new HashMap<String, Set<String>>(IntStream.range(0, keys.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> keys[i], Collectors.mapping(i -> values[i], Collectors.toSet()))));
        return new Capabilities(
                r.getString(8),
                r.getString(9),
                r.getString(10),
                r.getInt(11),
                r.getLong(12),
                IntStream.range(0, names.length).boxed().collect(Collectors.toMap(i -> names[i], i -> amounts[i])),
                attributes);
    }

    private static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }
}
