from odoo import api, models

from odoo.addons.rural_base.models.rural_region import ADMINISTRATIVE_ONLY

from ..region_names import cleaned, is_written, spellings

LEVELS = ("province", "city", "county")


class RuralRegion(models.Model):
    _inherit = "rural.region"

    @api.model
    def _recognise(self, text):
        """Return the provinces, cities and counties that a person may mean (SC-02): one, several or none.

        A name written in full goes before one that leaves out 省, 市 or 县: 朝阳市 is one city, 朝阳 may be
        a city, a county or one of two districts. A county that is its city's only name, as 嘉峪关市, is the city.
        """
        text = cleaned(text)
        if len(text) < len("和县"):
            return self.browse()
        chains = self._written_chains()
        written = [ids for names, ids in chains if is_written(text, [spellings(name) for name in names])]
        in_full = [ids for names, ids in chains if ids in written and text.endswith(names[-1])]
        return self._without_namesakes_within(self.browse(ids[-1] for ids in in_full or written))

    @api.model
    def _chosen_by_name(self, text):
        """Return the one region that a person means, an empty record where there are several or none."""
        regions = self._recognise(text)
        return regions if len(regions) == 1 else self.browse()

    @api.model
    def _chosen_by_readings(self, readings):
        """Return the one region that several readings of a text mean, the fullest one first, and its words there.

        The first reading that names a region counts. Where the rest of the text names a part of that region, as in
        湖北省，利川某公司, or where a name stands for several regions, there is none: a person has to choose.
        """
        for reading in readings:
            if regions := self._recognise(reading):
                if len(regions) > 1:
                    return self.browse(), reading
                if not regions._has_part_in(cleaned(readings[0].removeprefix(reading))):
                    return regions, reading
                break
        return self.browse(), readings[0] if readings else False

    def _has_part_in(self, text) -> bool:
        parts = self.sudo().search([("id", "child_of", self.ids), ("id", "not in", self.ids), ("level", "in", LEVELS)])
        return any(spelling in text for part in parts for spelling in spellings(part.name))

    @api.model
    def _written_chains(self):
        """Return (names, ids) from the province down to each region that has a name of its own."""
        regions = self.sudo().search_fetch([("level", "in", LEVELS)], ["name", "parent_path"])
        names = {region.id: region.name for region in regions}
        chains = []
        for region in regions:
            if region.name not in ADMINISTRATIVE_ONLY:
                path = [int(step) for step in region.parent_path.split("/") if step]
                path = [step for step in path if names[step] not in ADMINISTRATIVE_ONLY]
                chains.append((tuple(names[step] for step in path), tuple(path)))
        return chains

    def _without_namesakes_within(self, regions):
        return regions.filtered(
            lambda region: not (region.parent_id in regions and region.parent_id.name == region.name)
        )

    def _only_manager(self):
        """Return the area manager of these regions where it is one and the same."""
        managers = self.mapped(lambda region: region._province().macro_region_id.manager_id)
        return managers if len(managers) == 1 else managers.browse()

    def _parts_by_name(self):
        """Return the cities and counties below a region as people know them, without 市辖区 and its like."""
        parts = self.child_ids.filtered(lambda part: part.level in LEVELS)
        nameless = parts.filtered(lambda part: part.name in ADMINISTRATIVE_ONLY)
        return (parts - nameless + nameless.child_ids.filtered(lambda part: part.level in LEVELS)).sorted("code")
