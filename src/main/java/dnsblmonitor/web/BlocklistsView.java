package dnsblmonitor.web;

import java.util.List;

/** The page of all blocklists. */
record BlocklistsView(Frame frame, List<ZoneRow> zones) {

  boolean hasZones() {
    return !zones.isEmpty();
  }
}
