package aque.db;

import java.sql.SQLException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Every connection that brings a shared farm's schema to head is its owner, who is no superuser.
final class BecomeOwner extends BaseCallback {
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_CONNECT;
    }

    @Override
    public void handle(Event event, Context context) {
        try (var s = context.getConnection().createStatement()) {
            s.execute("SET ROLE " + SharedFarm.OWNER);
        } catch (SQLException e) {
            throw new DbException("become " + SharedFarm.OWNER, e);
        }
    }
}
