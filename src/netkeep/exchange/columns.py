"""The names of columns of Outlook, Thunderbird and LinkedIn, in seven languages.

To support another name of a column, add it to COLUMNS.
"""

from __future__ import annotations

from collections.abc import Sequence

from netkeep.domain.text import key

# The other names of each column, by its name in English Outlook, with ` | ` between them.
#
# Tried with real headers: English, Outlook in German, LinkedIn in French. The others come from the
# tables of two other importers, and no export with them has been tried:
# - Roundcube's program/localization/*/csv2vcard.inc: Thunderbird, and Outlook in German, French,
#   Italian and Portuguese;
# - Microsoft Exchange's ImportContacts: Outlook in German, French, Spanish, Italian, Portuguese and
#   Dutch.
# LinkedIn in German, Spanish, Italian, Portuguese and Dutch has no public source. Those names are
# translations, so they may be wrong; a cell of an unknown column is kept as an extra line.
COLUMNS = {
    "Title": "Name Prefix | Anrede | Titre | Titolo | Título | Tratamento | Titel",
    "First Name": "Given Name | First | Vorname | Prénom | Nombre | Nome | Primeiro nome"
    " | Nome próprio"
    " | Voornaam",
    "Middle Name": "Additional Name | Weitere Vornamen | Deuxième prénom | Segundo nombre"
    " | Secondo nome | Segundo nome | Nome do meio | Middelste naam | Tweede naam",
    "Last Name": "Family Name | Last | Nachname | Nom | Nom de famille | Apellidos | Apellido"
    " | Cognome"
    " | Sobrenome | Apelido | Último nome | Achternaam",
    "Suffix": "Name Suffix | Suffixe | Sufijo | Titolo straniero | Suffisso | Sufixo"
    " | Achtervoegsel",
    "Display Name": "Anzeigename | Nom à afficher | Nombre en pantalla | Nome visualizzato"
    " | Mostrar nome | Nome de exibição | Weergavenaam",
    "Nickname": "Spitzname | Surnom | Apodo | Soprannome | Alcunha | Bijnaam",
    "Company": "Organization | Work Company | Firma | Organisation | Unternehmen"
    " | Société | Entreprise | Organización | Empresa | Compañía"
    " | Società | Organizzazione | Azienda | Organização | Bedrijf | Organisatie",
    "Department": "Work Dept | Abteilung | Service | Departamento | Reparto | Afdeling",
    "Job Title": "Position | Work Title | Profession | Poste | Fonction | Puesto | Cargo"
    " | Posizione | Qualifica | Functie",
    "Schools": "School",
    "Birthday": "Date of Birth | Geburtstag | Anniversaire | Date de naissance"
    " | Cumpleaños | Fecha de nacimiento | Compleanno | Data di nascita"
    " | Data de nascimento | Verjaardag | Geboortedatum",
    "Birth Day": "Jour | Jour de naissance | Día de nacimiento | Giorno di nascita"
    " | Dia de nascimento | Geboortedag",
    "Birth Month": "Geburtsmonat | Mois | Mois de naissance | Mes de nacimiento | Mese di nascita"
    " | Mês de nascimento | Geboortemaand",
    "Birth Year": "Geburtsjahr | Année de naissance | Año de nacimiento | Anno di nascita"
    " | Ano de nascimento | Geboortejaar",
    "Notes": "Info | Notizen | Notas | Note | Anotações | Notities | Aantekeningen",
    "Categories": "Category | Group | Groups | Kategorien | Catégories | Categorías | Categorie"
    " | Categorias | Categorieën",
    "E-mail Address": "E-mail | Email | Email Address | Primary Email | E-Mail-Adresse | E-Mail |"
    " Primäre E-Mail-Adresse | Adresse de messagerie | Adresse e-mail | Adresse de courrier |"
    " Adresse électronique principale | Dirección de correo electrónico | Correo electrónico |"
    " Dirección de correo electrónico principal | Indirizzo posta elettronica | Indirizzo e-mail |"
    " Indirizzo email | Email principale | Endereço de email | Endereço de e-mail |"
    " Endereço de correio electrónico | E-mail primário | E-mailadres | Primair e-mailadres",
    "E-mail 2 Address": "Secondary Email | E-mail2 | E-Mail 2: Adresse | Sekundäre E-Mail-Adresse"
    " | Adresse de messagerie 2 | Adresse électronique secondaire"
    " | Dirección de correo electrónico 2 | Dirección de correo electrónico secundaria"
    " | Indirizzo posta elettronica 2 | Indirizzo E-mail 2 | Email secondaria"
    " | Endereço de email 2 | Endereço de e-mail 2 | Endereço do correio electrónico 2 |"
    " E-mail secundário | E-mailadres 2 | Secundair e-mailadres",
    "E-mail 3 Address": "E-Mail 3: Adresse | Adresse de messagerie 3"
    " | Dirección del correo electrónico 3 | Dirección de correo electrónico 3"
    " | Indirizzo posta elettronica 3 | Indirizzo E-mail 3 | Endereço de email 3 |"
    " Endereço de e-mail 3 | Endereço do correio electrónico 3 | E-mailadres 3",
    "Mobile Phone": "Mobile Number | Mobile | Mobiltelefon | Mobil-Tel.-Nr. | Handy"
    " | Tél. mobile | Téléphone mobile | Portable | Teléfono móvil | Móvil"
    " | Cellulare | Telefono Mobile | Numero cellulare | Telefone celular | Celular | Telemóvel"
    " | Mobiele telefoon | Mobiel",
    "Mobile Phone 2": "Mobiltelefon 2",
    "Business Phone": "Work Phone | Telefon geschäftlich | Tel. dienstlich"
    " | Téléphone (bureau) | Téléphone professionnel | Tél. professionnel"
    " | Teléfono del trabajo | Teléfono (Trabajo) | Ufficio | Telefono di lavoro | Telefono lavoro"
    " | Telefone comercial | Telefone da empresa | Fone comercial | Fone de trabalho"
    " | Telefoon op werk",
    "Business Phone 2": "Telefon geschäftlich 2 | Téléphone 2 (bureau) | Teléfono del trabajo 2"
    " | Ufficio 2 | Telefono di Lavoro 2 | Telefone comercial 2 | 2º telefone da empresa |"
    " Fone comercial 2 | Telefoon op werk 2",
    "Home Phone": "Telefon privat | Téléphone (domicile) | Téléphone personnel | Particular"
    " | Abitazione | Telefono di casa | Telefone residencial | Telefone da residência"
    " | Fone de casa"
    " | Telefoon thuis",
    "Home Phone 2": "Telefon privat 2 | Téléphone 2 (domicile) | Particular 2"
    " | Abitazione 2 | Telefono di casa 2 | Telefone residencial 2 | 2º telefone da residência |"
    " Fone de casa 2 | Telefoon thuis 2",
    "Primary Phone": "Haupttelefon | Téléphone principal | Teléfono principal | Telefono principale"
    " | Telefone principal | Fone Primario | Hoofdtelefoon",
    "Other Phone": "Weiteres Telefon | Téléphone (autre) | Otro teléfono | Altro telefono"
    " | Outro telefone | Outro Fone | Andere telefoon",
    "Car Phone": "Autotelefon | Téléphone (voiture) | Teléfono del automóvil"
    " | Telefono auto | Telefono dell'Auto | Telefone do carro | Fone do carro | Autotelefoon",
    "Web Page": "URL | Web Page 1 | Website | Webseite | Webseite 1 | Page Web | Site Web 1"
    " | Página web | Página web 1 | Pagina web | Pagina web 1 | Página da Web | Página na Web"
    " | Webpagina | Webpagina 1",
    "Personal Web Page": "Web Page 2 | Webseite 2 | Site Web 2 | Página web 2 | Pagina web 2"
    " | Webpagina 2",
    "Connected On": "Connecté le | Date de connexion | Vernetzt am | Verbunden am | Verknüpft am"
    " | Conectado el | Fecha de conexión | Collegato il | Connesso il | Data di collegamento"
    " | Conectado em | Conexão em | Data de conexão | Data da conexão | Verbonden op"
    " | Connectie op",
    "Business Street": "Work Address | Business Address | Straße geschäftlich | Dienstlich: Adresse"
    " | Rue (bureau) | Adresse professionnelle | Calle del trabajo | Dirección de trabajo"
    " | Via (uff.) | Indirizzo di lavoro | Rua do endereço comercial | Rua da empresa"
    " | Rua comercial |"
    " Endereço de trabalho | Werkadres, straat",
    "Business Street 2": "Work Address 2 | Straße geschäftlich 2 | Rue (bureau) 2"
    " | Calle del trabajo 2 | Via (uff.) 2 | Indirizzo di lavoro 2 | Rua do endereço comercial 2 |"
    " Rua da empresa 2 | Werkadres 2, straat",
    "Business Street 3": "Straße geschäftlich 3 | Rue (bureau) 3 | Calle del trabajo 3"
    " | Via (uff.) 3 | Rua do endereço comercial 3 | Rua da empresa 3 | Werkadres 3, straat",
    "Business City": "Work City | Ort geschäftlich | Ville (bureau) | Ciudad de trabajo"
    " | Città (uff.) | Città di lavoro | Cidade do endereço comercial | Localidade da empresa |"
    " Cidade comercial | Werkadres, plaats",
    "Business State": "Work State | Region geschäftlich | Dép/Région (bureau)"
    " | Provincia o estado de trabajo | Provincia (uff.) | Provincia di lavoro"
    " | Estado do endereço comercial | Distrito da empresa | Estado comercial"
    " | Werkadres, provincie",
    "Business Postal Code": "Work ZipCode | Work Zip | Postleitzahl geschäftlich | Dienstlich: PLZ"
    " | Code postal (bureau) | Código postal del trabajo | CAP (uff.) | CAP di lavoro"
    " | CEP do endereço comercial | Código postal da empresa | CEP de trabalho"
    " | Werkadres, postcode",
    "Business Country/Region": "Business Country | Work Country | Land/Region geschäftlich |"
    " Land geschäftlich | Dienstlich: Land | Pays/Région (bureau) | País o región del trabajo"
    " | Paese (uff.) | Nazione di lavoro | Nazione/Regione di lavoro"
    " | País/Região da Empresa | País de trabalho | Land/regio (werk)",
    "Business Address PO Box": "Postfach geschäftlich | Boîte postale du bureau"
    " | Apartado postal de la dirección del trabajo | Indirizzo (uff.) - Casella postale"
    " | Caixa postal do endereço comercial | Apartado da empresa | Werkadres, postbusnummer",
    "Home Street": "Home Address | Straße privat | Privat: Adresse"
    " | Rue (domicile) | Adresse privée | Calle particular | Dirección personal"
    " | Via (ab.) | Indirizzo di casa | Endereço residencial | Rua da residência | Endereço de casa"
    " | Huisadres, straat",
    "Home Street 2": "Home Address 2 | Straße privat 2 | Rue (domicile) 2 | Via (ab.) 2 |"
    " Indirizzo di casa 2 | Endereço residencial 2 | Rua da residência (2) | Huisadres, straat 2",
    "Home Street 3": "Straße privat 3 | Rue (domicile) 3 | Via (ab.) 3 | Endereço residencial 3 |"
    " Rua da residência (3) | Huisadres, straat 3",
    "Home City": "Ort privat | Ville (domicile) | Ciudad de residencia | Città (ab.) |"
    " Città di residenza | Cidade do endereço residencial | Localidade da residência |"
    " Cidade de casa | Huisadres, plaats",
    "Home State": "Bundesland/Kanton privat | Region privat | Dép/Région (domicile)"
    " | Provincia (ab.) | Provincia di residenza | Estado | Distrito da residência | Estado de casa"
    " | Huisadres, provincie",
    "Home Postal Code": "Home ZipCode | Home Zip | Postleitzahl privat | Privat: PLZ"
    " | Code postal (domicile) | CAP (ab.) | CAP di casa | CAP di residenza"
    " | CEP do endereço residencial | Código postal da residência | CEP de casa"
    " | Huisadres, postcode",
    "Home Country/Region": "Home Country | Land/Region privat | Land privat | Privat: Land"
    " | Pays/Région (domicile) | País o región del domicilio | País de residencia"
    " | Paese (ab.) | Nazione di residenza | Nazione/Regione di casa | País/Região de Residência |"
    " País da Residência/Região | País de casa | Land/regio (thuis)",
    "Home Address PO Box": "Postfach privat | Boîte postale du domicile"
    " | Apartado postal de la dirección personal | Indirizzo (ab.) - Casella postale"
    " | Caixa postal do endereço residencial | Apartado da residência | Huisadres, postbusnummer",
    "Other Street": "Other Address | Weitere Straße | Rue (autre) | Otra calle | Altra via"
    " | Outro endereço | Rua do outro endereço | Ander adres, straat",
    "Other Street 2": "Weitere Straße 2 | Rue (autre) 2 | Otra calle 2 | Altra via 2"
    " | Outro endereço 2 | Rua do outro endereço 2 | Ander adres, straat 2",
    "Other Street 3": "Weitere Straße 3 | Rue (autre) 3 | Otra calle 3 | Altra via 3"
    " | Outro endereço 3 | Rua do outro endereço 3 | Ander adres, straat 3",
    "Other City": "Weiterer Ort | Ville (autre) | Otra ciudad | Altra città"
    " | Localidade do outro endereço | Cidade | Outra cidade | Ander adres, plaats",
    "Other State": "Weiteres/r Bundesland/Kanton | Weitere/r Bundesland/Kanton | Weitere Region"
    " | Dép/Région (autre) | Otra provincia o estado | Altra provincia"
    " | Distrito do outro endereço | Outro Estado | Ander adres, provincie",
    "Other Postal Code": "Weitere Postleitzahl | Code postal (autre) | Otro código postal"
    " | Altro CAP | Código postal do outro endereço | CEP | Ander adres, postcode",
    "Other Country/Region": "Other Country | Weiteres/e Land/Region | Weiteres Land"
    " | Pays/Région (autre) | Otro país o región | Altro paese | Outro País/Região"
    " | Land/regio (anders)",
    "Other Address PO Box": "Weiteres Postfach | Autre boîte postale | Otro apartado postal"
    " | Altro indirizzo - Casella postale | Caixa postal de outro endereço | Apartado do outro"
    " endereço | Ander adres, postbusnummer",
}

_CANONICAL = {
    key(name): canonical
    for canonical, names in reversed(COLUMNS.items())
    for name in (canonical, *names.split(" | "))
}


def canonical(columns: Sequence[str]) -> list[str]:
    """Translate columns to their names in English Outlook; leave unknown ones unchanged.

    The second of two columns `Titre` (French) is the job title. If the month of birth has a column
    of its own, the birthday is only the day, as in German Thunderbird.
    """
    names: list[str] = []
    for column in columns:
        name = _CANONICAL.get(key(column), column)
        names.append("Job Title" if name == "Title" and name in names else name)
    if "Birth Month" in names and "Birthday" in names and "Birth Day" not in names:
        names[names.index("Birthday")] = "Birth Day"
    return names
