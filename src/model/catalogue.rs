//! What a catalogue of data says of its publisher that no report says: DCAT-AP-SE asks for it.

use crate::register::register;
use crate::source::Text;

/// What is declared for the catalogue of a workspace's data.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub publisher_type: PublisherType,
    /// E-mail of whoever answers questions about the data.
    pub contact: Text,
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub themes: Vec<DataTheme>,
    /// Addresses by which places are known.
    pub places: Vec<Text>,
}

register! {
    /// What kind of organisation publishes, by the vocabulary of ADMS.
    PublisherType {
        /// As it is written in belagg.yaml.
        name,
        /// The last part of its address below `http://purl.org/adms/publishertype/`.
        adms: &'static str,
    }
    LocalAuthority = "local-authority", "LocalAuthority";
    RegionalAuthority = "regional-authority", "RegionalAuthority";
    NationalAuthority = "national-authority", "NationalAuthority";
    SupranationalAuthority = "supranational-authority", "SupraNationalAuthority";
    Academia = "academia", "Academia-ScientificOrganisation";
    Company = "company", "Company";
    IndustryConsortium = "industry-consortium", "IndustryConsortium";
    NonGovernmental = "non-governmental-organisation", "NonGovernmentalOrganisation";
    NonProfit = "non-profit-organisation", "NonProfitOrganisation";
    PrivateIndividuals = "private-individuals", "PrivateIndividual(s)";
    StandardisationBody = "standardisation-body", "StandardisationBody";
}

register! {
    /// What data is about, by the EU's list of subjects.
    DataTheme {
        /// As it is written in belagg.yaml.
        name,
        /// The last part of its address below `http://publications.europa.eu/resource/authority/data-theme/`.
        code: &'static str,
    }
    Agriculture = "agriculture", "AGRI";
    Economy = "economy", "ECON";
    Education = "education", "EDUC";
    Energy = "energy", "ENER";
    Environment = "environment", "ENVI";
    Government = "government", "GOVE";
    Health = "health", "HEAL";
    International = "international", "INTR";
    Justice = "justice", "JUST";
    Regions = "regions", "REGI";
    Society = "society", "SOCI";
    Science = "science", "TECH";
    Transport = "transport", "TRAN";
}
