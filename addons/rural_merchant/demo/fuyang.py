"""The merchants of the first city, made up: names by type and class, and what each is rated by."""

#: 10 of class 1, won by the head of recruiting.
FIRST = (
    "颍淮商厦", "万家福超市颍州店", "万家福超市颍泉店", "金鼎购物中心", "百佳汇超市颍东店",
    "时代购物广场", "百佳汇超市清河店", "惠民仓储超市", "新世纪百货", "国贸生活广场",
)  # fmt: skip
#: 20 of class 2 and 30 of class 3, (name, type); five recruiters win ten each, four of class 2 and six of class 3.
SECOND = (
    ("颍州老街饭店", "catering"), ("西湖春天酒楼", "catering"), ("云顶健身会所", "fitness"), ("俏佳人美容院", "beauty"),
    ("淮味轩私房菜", "catering"), ("蓝海量贩歌城", "catering"), ("力美健身中心", "fitness"), ("名剪造型", "beauty"),
    ("格拉条总店", "catering"), ("星光影城", "catering"), ("碧波游泳馆", "fitness"), ("伊人美容会所", "beauty"),
    ("枕头馍大食堂", "catering"), ("快乐驿站", "services"), ("悦动瑜伽馆", "fitness"), ("黛丝美发沙龙", "beauty"),
    ("皖北渔港", "catering"), ("好邻居洗衣", "services"), ("天天汽车养护", "services"), ("水之韵美体中心", "beauty"),
)  # fmt: skip
THIRD = (
    ("刘记牛肉汤", "catering"), ("小城故事茶餐厅", "catering"), ("康宁药房", "services"), ("清河便利店", "retail"),
    ("靓点美甲", "beauty"), ("速洁干洗店", "services"), ("颍上人家", "catering"), ("阿强烧烤", "catering"),
    ("爱婴母婴用品", "retail"), ("光明眼镜店", "services"), ("飞越台球厅", "fitness"), ("丝语理发店", "beauty"),
    ("香满楼快餐", "catering"), ("甜蜜时光蛋糕房", "catering"), ("文峰书店", "retail"), ("老王修脚堂", "services"),
    ("活力乒乓球馆", "fitness"), ("美丽约定护肤", "beauty"), ("胖哥俩火锅", "catering"), ("北京路早点铺", "catering"),
    ("惠生鲜果超市", "retail"), ("安心家政", "services"), ("动感单车馆", "fitness"), ("新概念烫染", "beauty"),
    ("泉河鱼庄", "catering"), ("一品砂锅", "catering"), ("颍东粮油店", "retail"), ("宠爱宠物店", "services"),
    ("晨跑羽毛球馆", "fitness"), ("花田美容小站", "beauty"),
)  # fmt: skip
#: Prospects, (name, type, county, stage).
PROSPECTS = (
    ("太和医药城便民超市", "retail", "341222", "lead"),
    ("太和香椿人家", "catering", "341222", "lead"),
    ("太和百姓足浴", "services", "341222", "visiting"),
    ("颍上管仲大酒店", "catering", "341226", "visiting"),
    ("颍上靓丽造型", "beauty", "341226", "agreed"),
    ("界首彩陶茶馆", "catering", "341282", "lead"),
)  # fmt: skip
DISTRICTS = ("341202", "341203", "341204")
#: What the classes are rated by; the first is chain and large.
RATINGS = {
    "1": {
        "brand": 5, "decoration": "chain", "area": 6000, "registered_capital": 1000, "staff_count": 160,
        "years_in_business": 12, "purchase_frequency": "very_high", "is_large_or_chain": True,
    },
    "2": {
        "brand": 4, "decoration": "luxury", "area": 420, "registered_capital": 60, "staff_count": 28,
        "years_in_business": 6, "purchase_frequency": "high",
    },
    "3": {
        "brand": 2, "decoration": "standard", "area": 85, "registered_capital": 10, "staff_count": 6,
        "years_in_business": 3, "purchase_frequency": "average",
    },
}  # fmt: skip
#: Terminals of each class.
TERMINALS = {"1": 3, "2": 2, "3": 1}
#: Counties that come later, with first and last day of their plan and what they shall have by class.
COUNTIES = (
    ("341222", "太和县 20 家", "2023-08-01", "2023-08-31", {"1": 3, "2": 7, "3": 10}),
    ("341226", "颍上县 20 家", "2023-09-01", "2023-09-30", {"1": 3, "2": 7, "3": 10}),
    ("341221", "临泉县 15 家", "2023-10-01", "2023-12-31", {"1": 2, "2": 5, "3": 8}),
    ("341225", "阜南县 15 家", "2023-10-01", "2023-12-31", {"1": 2, "2": 5, "3": 8}),
    ("341282", "界首市 10 家", "2023-10-01", "2023-12-31", {"1": 1, "2": 3, "3": 6}),
)
