//! On what terms others may use a publication, by the short names of SPDX.

use crate::register::register;

register! {
    /// A licence that readers and programs know.
    Licence {
        /// As it is written in belagg.yaml and report.yaml: the name that SPDX has for it.
        name,
        /// What people call it in short.
        short: &'static str,
        /// Key of its full name in the locale files.
        label: &'static str,
        /// Where it can be read, without a language: the address by which programs know it.
        url: &'static str,
    }
    Cc0 = "CC0-1.0", "CC0 1.0", "licence_cc0", "https://creativecommons.org/publicdomain/zero/1.0/";
    CcBy = "CC-BY-4.0", "CC BY 4.0", "licence_cc_by", "https://creativecommons.org/licenses/by/4.0/";
    CcBySa = "CC-BY-SA-4.0", "CC BY-SA 4.0", "licence_cc_by_sa", "https://creativecommons.org/licenses/by-sa/4.0/";
    CcByNc = "CC-BY-NC-4.0", "CC BY-NC 4.0", "licence_cc_by_nc", "https://creativecommons.org/licenses/by-nc/4.0/";
    CcByNd = "CC-BY-ND-4.0", "CC BY-ND 4.0", "licence_cc_by_nd", "https://creativecommons.org/licenses/by-nd/4.0/";
    CcByNcSa = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", "licence_cc_by_nc_sa", "https://creativecommons.org/licenses/by-nc-sa/4.0/";
    CcByNcNd = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", "licence_cc_by_nc_nd", "https://creativecommons.org/licenses/by-nc-nd/4.0/";
    Nlod = "NLOD-2.0", "NLOD 2.0", "licence_nlod", "https://data.norge.no/nlod/no/2.0";
    OglUk = "OGL-UK-3.0", "OGL 3.0", "licence_ogl_uk", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";
    OdcBy = "ODC-By-1.0", "ODC-By 1.0", "licence_odc_by", "https://opendatacommons.org/licenses/by/1-0/";
    OdbL = "ODbL-1.0", "ODbL 1.0", "licence_odbl", "https://opendatacommons.org/licenses/odbl/1-0/";
}
