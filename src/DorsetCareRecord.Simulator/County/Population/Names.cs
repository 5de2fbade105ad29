namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>Names as they are borne in Dorset: by sex and decade of birth, with the county's newer families.</summary>
internal static class Names
{
    private static readonly string[] OldGirls = Words("""
        Margaret Jean Mary Joan Patricia Sheila Barbara Doreen June Shirley Dorothy Joyce Maureen Elizabeth Audrey Brenda Kathleen
        Sylvia Eileen Pamela Betty Beryl Ann Irene Hazel Rita Marjorie Iris Daphne Olive Winifred Gwendoline Hilda Vera Monica
        """);

    private static readonly string[] OldBoys = Words("""
        John Peter Ronald Kenneth William Derek Brian James Dennis Raymond Roy George Donald Robert Gordon Arthur Frederick
        Norman Stanley Leonard Geoffrey Albert Ernest Douglas Cyril Reginald Harold Eric Maurice Walter Bernard Alan
        """);

    private static readonly string[] MiddleGirls = Words("""
        Susan Linda Christine Carol Janet Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Tina Alison Gillian Lesley
        Sandra Angela Caroline Lorraine Wendy Beverley Denise Yvonne Heather Joanne Sally Nicola Mandy Teresa Jill Fiona Judith
        """);

    private static readonly string[] MiddleBoys = Words("""
        David Paul Stephen Mark Andrew Michael Robert Ian Kevin Gary Philip Keith Nigel Graham Colin Martin Trevor Simon Christopher
        Neil Alan Anthony Richard Stuart Barry Timothy Jonathan Adrian Russell Clive Roger Malcolm Terence Julian Duncan
        """);

    private static readonly string[] YoungerGirls = Words("""
        Sarah Claire Emma Rebecca Laura Gemma Kelly Rachel Victoria Lisa Michelle Samantha Natalie Kerry Hannah Amy Stacey Katie
        Leanne Charlotte Jessica Hayley Lucy Zoë Jennifer Louise Danielle Kirsty Melissa Naomi Holly Bethany Chloe Lauren Megan
        """);

    private static readonly string[] YoungerBoys = Words("""
        James Daniel Matthew Christopher Lee Thomas Adam Craig Ryan Benjamin Luke Dean Jamie Darren Scott Gareth Joshua Stuart
        Ashley Carl Liam Sam Joseph Edward Shaun Aaron Nathan Jack Callum Alex Robert William Oliver Marcus Kieran
        """);

    private static readonly string[] Girls = Words("""
        Olivia Amelia Isla Ava Mia Ivy Lily Freya Florence Willow Isabella Rosie Sophie Evie Poppy Elsie Grace Daisy Phoebe Sienna
        Evelyn Harper Matilda Ella Ruby Maisie Emily Harriet Erin Esme Imogen Thea Penelope Millie Eliza Zara
        """);

    private static readonly string[] Boys = Words("""
        Oliver George Noah Arthur Harry Leo Muhammad Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie Theo William Theodore
        Archie Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan Ethan Teddy Rory Toby Reuben Elijah Louie
        """);

    /// <summary>Old Dorset names first, then those of all England.</summary>
    private static readonly string[] English = Words("""
        Hardy Barnes Loveless Hansford Legg Trowbridge Symes Samways Squibb Stickland Bascombe Guppy Hallett Toomer Puddy Rideout
        Gollop Vacher Crumpler Dibben Hounsell Kellaway Loder Meech Northover Orchard Peach Pitman Roper Sherring Stone Travers
        Vivian Wareham Yeatman Hayward Bugler Chaffey Childs Cluett Damen Hann Jeans Lush Maidment Galpin Whiffen
        Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall
        Wood Jackson Clarke Hill Harris Cooper King Ward Baker Turner Morris Moore Clark Lee Harrison Watson Parker Bennett
        Young Allen Mitchell Shaw Cook Simpson Richardson Marshall Collins Carter Bailey Gray Cox Adams Wilkinson Foster
        Chapman Mason Russell Powell Webb Rogers Hunt Mills Fisher Holmes Palmer Knight Stevens Andrews Elliott Ford Reynolds
        Fletcher Payne Hawkins Matthews O'Brien O'Connor MacDonald Fitzgerald St.John Smith-Hewitt Ashford-Lane Le.Breton
        """);

    private static readonly Community[] Communities =
    [
        new("A", "en", 0.885, OldGirls, OldBoys, English),
        new("C", "pl", 0.030, Words("Agnieszka Katarzyna Małgorzata Anna Ewa Joanna Magdalena Zofia"),
            Words("Piotr Krzysztof Tomasz Paweł Marek Jakub Łukasz Adam"),
            Words("Kowalska/Kowalski Nowak Wiśniewska/Wiśniewski Wójcik Kamińska/Kamiński Zielińska/Zieliński Mazur")),
        new("C", "pt", 0.018, Words("Maria Ana Inês Beatriz Sofia Carla"), Words("João Tiago Rui Miguel Luís Pedro"),
            Words("Silva Santos Ferreira Gonçalves Araújo Conceição Ribeiro")),
        new("H", "en", 0.018, Words("Priya Lakshmi Anjali Deepa Sunita Reena"), Words("Rajesh Anil Vikram Sanjay Jobin Arun"),
            Words("Patel Sharma Thomas Nair Kurian Varghese Singh")),
        new("L", "ne", 0.012, Words("Sita Maya Anita Bishnu Sabina"), Words("Ram Dil Krishna Suraj Bikram"),
            Words("Gurung Rai Thapa Limbu Tamang")),
        new("N", "en", 0.009, Words("Blessing Grace Chidinma Amara Ngozi"), Words("Emmanuel Chinedu Samuel Tunde Kwame"),
            Words("Okafor Adeyemi Mensah Eze Boateng")),
        new("R", "zh", 0.008, Words("Mei Xiu Li Wai-Ling"), Words("Wei Jun Ming Chi-Keung"), Words("Chan Wong Li Zhang Lam")),
        new("C", "ro", 0.010, Words("Elena Ioana Andreea Mihaela"), Words("Andrei Mihai Ștefan Radu"),
            Words("Popescu Ionescu Munteanu Dumitru Ciobanu")),
        new("S", "en", 0.010, Words("Yasmin Fatima Noor Nadia"), Words("Omar Hassan Ali Mehmet"),
            Words("Rahman Yılmaz Haddad Ahmed Demir")),
    ];

    public static Community Community(Dice dice) => dice.Weighted(Communities, community => community.Share);

    /// <summary>Children born here of any community mostly bear the names in fashion.</summary>
    public static string Forename(Dice dice, Community community, Sex sex, int bornIn)
    {
        if (community != Communities[0] && dice.Chance(bornIn > 2005 ? 0.4 : 0.9))
            return dice.Pick(sex == Sex.Female ? community.Girls : community.Boys);
        var (girls, boys) = bornIn switch
        {
            < 1952 => (OldGirls, OldBoys),
            < 1972 => (MiddleGirls, MiddleBoys),
            < 2000 => (YoungerGirls, YoungerBoys),
            _ => (Girls, Boys),
        };
        return dice.Pick(sex == Sex.Female ? girls : boys);
    }

    /// <summary>A surname in the form that a man of the family bears; see <see cref="ForSex"/>.</summary>
    public static string Surname(Dice dice, Community community) =>
        dice.Pick(community.Surnames).Replace('.', ' ');

    /// <summary>Some families' names have a woman's and a man's form, held here as one with a stroke between.</summary>
    public static string ForSex(string surname, Sex sex) => surname.Split('/') switch
    {
        [var hers, var his] => sex == Sex.Female ? hers : his,
        _ => surname,
    };

    private static string[] Words(string text) => text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}

internal enum Sex
{
    Female,
    Male,
}

/// <param name="Ethnicity">ETHNIC CATEGORY, one letter (NHS Data Dictionary).</param>
/// <param name="Language">ISO 639 code of the language spoken at home.</param>
/// <param name="Share">Of the county's households.</param>
internal sealed record Community(
    string Ethnicity, string Language, double Share, string[] Girls, string[] Boys, string[] Surnames);
