/** What a column of the tracker's main table can mean. */
export const meanings = [
  "id", "donor", "date", "category", "type", "measure", "explanation", "currency", "given", "item", "itemType", "itemSubtype", "units", "unitsDelivered",
  "total", "value", "valueActivity", "delivered", "official", "source1", "source2", "source3", "source4", "sourceDelivery", "unitPrice", "estimateCommitted",
  "estimateDelivered", "soviet", "multilateral", "itemsShort", "itemSource", "valueBasis", "deliveryBasis",
] as const;
export type Meaning = (typeof meanings)[number];

/**
 * The headers known for each meaning, as `normaliseHeader` leaves them. The first of a meaning's list that a file has is taken.
 * The generations to 2023 write headers in words; those from 2024 in snake case; normalised extracts in Norwegian.
 */
export const synonyms: Readonly<Record<Meaning, readonly string[]>> = {
  id: ["id", "activityid", "packageid", "identifier", "aidid", "subactivityid", "uniqueid"],
  donor: ["countries", "country", "donor", "donorcountry", "giver", "land"],
  date: ["announcementdate", "dateofannouncement", "dateannounced", "sourceannouncementdate", "date", "dato"],
  category: ["typeofaidgeneral", "aidtypegeneral", "generaltypeofaid", "aidcategory", "category", "kategori"],
  type: ["typeofaidspecific", "aidtypespecific", "specifictypeofaid"],
  measure: ["measure", "maal", "commitmentorallocation"],
  explanation: ["explanation", "description", "explanationofaid"],
  currency: ["originalcurrency", "sourcereportedcurrency", "reportingcurrency", "currencyasgivenbysource", "currency"],
  given: ["monetaryvalueasgivenbysource", "sourcereportedvalue", "valueasgivenbysource"],
  item: ["items", "item", "itemname"],
  itemType: ["typeofitem", "itemtype"],
  itemSubtype: ["subtypeofitem", "itemsubtype", "itemtypespecific"],
  units: ["noofunits", "numberofunits", "itemnumb", "itemnumber", "unitscommitted"],
  unitsDelivered: ["noofunitsdelivered", "numberofunitsdelivered", "itemnumbdeliv", "unitsdelivered"],
  total: ["total", "totalvalueinoriginalcurrency", "totsubactivityvalue"],
  value: ["totsubactivityvalueeurredistr", "verdieurredistr", "convertedvalueineur", "convertedvalueeur", "valueineur", "totsubactivityvalueeur", "verdieur"],
  valueActivity: ["totactivityvalueeur", "verdieuractivity"],
  delivered: ["totalmonetaryvaluedeliveredineur", "monetaryvaluedeliveredineur", "totvaluedeliveur", "totalvaluedeliveredineur"],
  official: ["officialsource", "sourceofficial"],
  source1: ["sourceofaid1", "sourceofaid", "source1"],
  source2: ["sourceofaid2", "source2"],
  source3: ["sourceofaid3", "source3"],
  source4: ["sourceofaid4", "source4"],
  sourceDelivery: ["sourcefordelivery", "sourceofdelivery"],
  unitPrice: ["unitpriceinusd", "itempriceusd"],
  estimateCommitted: ["valuecommitted", "itemvalueestimateusd"],
  estimateDelivered: ["valuedelivered", "itemvalueestimatedelivusd"],
  soviet: ["sovietorigin"],
  multilateral: ["bilateralloangrantmadethroughimforwb"],
  itemsShort: ["itemsshortversion"],
  itemSource: ["sourceofitem"],
  valueBasis: ["valuesourcecommitments"],
  deliveryBasis: ["valuesourcedeliveries"],
};

/** Columns of the makers' own bookkeeping: known, and of no meaning to a reader. */
export const workingColumns: readonly RegExp[] = [
  /dummy/, /debug/, /^unnamed/, /^retrieved$/, /^month/, /^maaned/, /^beforewar/, /check/, /^updated/, /importan/, /^heavybut/, /^eu(?:member)?$/, /^noneunatomember$/,
  /^germany/, /^deliveriesmorethan/, /^differencefrom/, /^ammunition/, /^geographiceurope$/, /^verdieur/,
];

/** Meanings kept among a promise's details under the source's own column name. */
export const detailMeanings: readonly Meaning[] = [
  "type", "given", "itemType", "itemSubtype", "units", "unitsDelivered", "unitPrice", "estimateCommitted", "estimateDelivered", "official", "sourceDelivery",
  "multilateral", "itemSource", "valueBasis", "deliveryBasis", "valueActivity", "measure",
];
